using System.CommandLine;
using System.Reflection;
using CrRegistry.Emulator;
using CrRegistry.Quickstart;

const int Interrupted = 130;

// The engine would report its start to its makers.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

var tags = new Option<int>("--tags") { Description = "How many tags the repository team/app has.", DefaultValueFactory = _ => 250 };
tags.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 0) result.AddError("--tags must not be negative.");
});
var command = new RootCommand("Runs the main job of CrRegistry in a real PowerShell engine against the emulator.") { tags };
command.SetAction(async (arguments, cancellationToken) =>
{
    var modulePath = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "StagingDirectory").Value!;
    try
    {
        await using var emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = arguments.GetValue(tags) }, cancellationToken);
        return new Tour(emulator, Path.Join(".", Path.GetRelativePath(Environment.CurrentDirectory, modulePath)), Console.Out).Run(cancellationToken) ? 0 : 1;
    }
    catch (OperationCanceledException)
    {
        return Interrupted;
    }
});
return await command.Parse(args).InvokeAsync();
