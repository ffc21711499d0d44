using System.CommandLine;
using CrRegistry.Emulator;
using CrRegistry.Quickstart;

var tags = NumberOption.CreateTags();
var prompt = new Option<bool>("--prompt") { Description = "Opens a PowerShell prompt that is connected to the emulator. Requires a terminal." };
var command = new RootCommand("Demonstrates CrRegistry in PowerShell, with the emulator as the registry.") { tags, prompt };
command.SetAction(async (arguments, cancellationToken) =>
{
    await using var emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = arguments.GetValue(tags) }, cancellationToken);
    using var shell = new Shell(emulator, arguments.GetValue(tags));
    if (!arguments.GetValue(prompt)) return await shell.PlayTourAsync();
    if (!Console.IsInputRedirected && !Console.IsOutputRedirected) return await shell.OpenPromptAsync();
    Console.WriteLine("--prompt requires a terminal. Only the demonstration is shown.");
    return await shell.PlayTourAsync();
});

// Shell handles Ctrl+C, because at the prompt it belongs to PowerShell.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
