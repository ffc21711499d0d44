using System.CommandLine;
using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Parts;
using CrRegistry.Benchmarks.Serving;

namespace CrRegistry.Benchmarks;

/// <summary>The command line. It selects the parts. Hidden commands are for the child processes of the benchmark.</summary>
internal static class BenchmarkCommand
{
    private static readonly IPart[] s_parts = [new NetworkPart(), new PipelinePart(), new RemovalPart(), new SelectionPart(), new MeasurePart(), new CpuPart(), new MemoryPart(), new ImportPart(), new FirstPart(), new CompletionPart(), new ApiPart(), new PiecesPart()];

    public static RootCommand Create()
    {
        var parts = new Argument<string[]>("part") { Description = "The parts to run. By default all.", DefaultValueFactory = _ => [.. s_parts.Select(part => part.Name)] };
        parts.AcceptOnlyFromAmong([.. s_parts.Select(part => part.Name)]);
        var command = new RootCommand("Measures CrRegistry, compares it with a minimal client and the official client, and prints a table of ratios.")
        {
            parts,
            Serve(),
            Work(Worker.ClientCommand, Worker.ListByClientAsync),
            Work(Worker.FloorCommand, Worker.ListByFloorAsync),
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(parts), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (BuildOfModule.Problem is { } problem)
        {
            await console.Error.WriteLineAsync(problem);
            return 1;
        }

        await using var server = await ServerProcess.StartAsync(cancellationToken);
        using var official = new OfficialClient(server);
        var bench = new Bench(server, official, console.Output);
        foreach (var part in s_parts.Where(part => names.Contains(part.Name)))
        {
            bench.Say($"== {part.Name}: {part.Description}");
            await part.RunAsync(bench, cancellationToken);
        }

        await bench.Results.WriteAsync(console.Output, cancellationToken);
        return 0;
    }

    private static Command Serve()
    {
        var command = new Command("serve", "Returns pages of tags until its input ends.") { Hidden = true };
        command.SetAction((_, cancellationToken) => PageServer.RunAsync(Console.In, Console.Out, cancellationToken));
        return command;
    }

    private static Command Work(string name, Func<Uri, Load, CancellationToken, Task<long>> list)
    {
        var address = new Argument<Uri>("address") { CustomParser = result => new Uri(result.Tokens[0].Value) };
        var run = new Argument<string>("run");
        var numbers = new Argument<int[]>("numbers") { Arity = new ArgumentArity(5, 5) };
        var command = new Command(name, "Lists tags, and prints the cost.") { address, run, numbers };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => Worker.MeasureAsync(
            list, parsed.GetRequiredValue(address), Load.Of(parsed.GetRequiredValue(run), parsed.GetRequiredValue(numbers)), cancellationToken));
        return command;
    }
}
