using System.Diagnostics;
using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;
using CrRegistry.Benchmarks.Serving;

namespace CrRegistry.Benchmarks;

/// <summary>The contenders and the result table that all parts use.</summary>
internal sealed class Bench(ServerProcess server, OfficialClient official, TextWriter output)
{
    public ResultTable Results { get; } = new();

    public ServerProcess Server => server;

    public OfficialClient Official => official;

    /// <summary>The cmdlet in a real engine, from the staged module.</summary>
    public Contender Cmdlet => Pipeline("cmdlet", load => $"{List(load)} | Out-Null");

    /// <summary>Measure-CrRepository, in the same way.</summary>
    public Contender Measure => Pipeline("measure", load => load.Repositories == 1
        ? $"Measure-CrRepository -RepoId {load.RepoIds.Single()} | Out-Null"
        : $"Get-CrRepository -Namespace {load.Namespace} -All | Measure-CrRepository | Out-Null");

    /// <summary>The client without PowerShell.</summary>
    public Contender Client => Own("client", Worker.ClientCommand);

    /// <summary>The lower bound: a minimal client.</summary>
    public Contender Floor => Own("floor", Worker.FloorCommand);

    /// <summary>A pipeline of cmdlets in a real engine, from the staged module.</summary>
    /// <param name="name">The name in the table.</param>
    /// <param name="measured">The pipeline that is measured.</param>
    /// <param name="before">The statement before it, which is not measured.</param>
    public Contender Pipeline(string name, Func<Load, string> measured, Func<Load, string>? before = null) => Engine.Running(name, load =>
        Engine.Connect(server.Address, load.InFlight)
        + $"foreach ($round in 1..{load.WarmUps}) {{ {before?.Invoke(load.WarmUp)}; {measured(load.WarmUp)} }}\n"
        + $"{before?.Invoke(load)}\n"
        + Engine.Measure(measured(load)));

    /// <summary>The command that lists all tags.</summary>
    public static string List(Load load) => load.Repositories == 1
        ? $"Get-CrRepoTag -RepoId {load.RepoIds.Single()} -All"
        : $"Get-CrRepository -Namespace {load.Namespace} -All | Get-CrRepoTag -All";

    /// <summary>Returns the processor times of one contender in those of another, round by round.</summary>
    public static Sample ProcessorTimes(Cost[] costs, Cost[] others) => Sample.Of(costs, others, (one, other) => one.CpuMilliseconds / other.CpuMilliseconds);

    /// <summary>Prints the progress.</summary>
    public void Say(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }

    /// <summary>Runs all contenders one after another, several times, so that other load on the computer affects them equally.</summary>
    /// <returns>The costs of each contender, in the order of the rounds.</returns>
    public async Task<Dictionary<string, Cost[]>> CompareAsync(Load load, int rounds, IEnumerable<Contender> contenders, CancellationToken cancellationToken)
    {
        var all = contenders.ToDictionary(contender => contender.Name, _ => new Cost[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders) all[contender.Name][round] = await RunAsync(contender, load, cancellationToken);
        }

        return all;
    }

    /// <summary>Runs one contender once.</summary>
    public async Task<Cost> RunAsync(Contender contender, Load load, CancellationToken cancellationToken)
    {
        var run = load with { Run = server.NewRun() };
        var values = await ChildRun.MeasureAsync(contender.Start(run), contender.Input?.Invoke(run), cancellationToken);
        var (requests, roundTrips) = await server.SeenAsync(run.Run, cancellationToken);
        Say($"  {contender.Name}, {load.Tags} tags, {load.Latency} ms, {load.InFlight} in flight: {string.Join(", ", values.Select(value => FormattableString.Invariant($"{value.Key} {value.Value:0.#}")))}, {requests} requests, {roundTrips} round trips");
        return new Cost(values, requests, roundTrips);
    }

    private Contender Own(string name, string command) => new(
        name, load => new ProcessStartInfo("dotnet", [typeof(Bench).Assembly.Location, command, server.Address.ToString(), .. load.ToArguments()]));
}
