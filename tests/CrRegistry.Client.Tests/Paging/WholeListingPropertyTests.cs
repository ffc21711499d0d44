using System.Globalization;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Tests.Paging.Simulation;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Paging;

/// <summary>
/// The rule of whole lists against repositories that change while they are listed, held against the history of each.
/// CRREGISTRY_SIMULATED_RUNS sets the runs of each situation; what it prints stands in docs/reliability.md.
/// </summary>
public sealed class WholeListingPropertyTests(ITestOutputHelper output)
{
    private static readonly int s_runs = int.Parse(Environment.GetEnvironmentVariable("CRREGISTRY_SIMULATED_RUNS") ?? "100", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_list_is_whole_or_an_error()
    {
        var rows = await TableAsync(ListingSigns.All);

        output.WriteLine("Order | TotalCount | changes a request | short pages | in flight | runs | lossy first passes | unnoticed | errors | readings");
        foreach (var row in rows) output.WriteLine(row.ToString());
        output.WriteLine($"{rows.Sum(row => row.Runs)} runs, {rows.Sum(row => row.Lossy)} lossy first passes, {rows.Sum(row => row.Unnoticed)} unnoticed losses");
        Assert.Empty(Violations(rows));
    }

    [Theory]
    [InlineData("Count")]
    [InlineData("Ends")]
    [InlineData("SecondPass")]
    public async Task No_sign_can_be_left_out(string sign) =>
        Assert.NotEmpty(Violations(await TableAsync(ListingSigns.All & ~Enum.Parse<ListingSigns>(sign))));

    // Off the test's own synchronization context: a run goes on within the answer to its request, and is the same each time.
    private static Task<Row[]> TableAsync(ListingSigns heeded) => Task.Run(() => Situation.All.Select(situation => Row.Of(situation, heeded)).ToArray());

    private static IEnumerable<string> Violations(IReadOnlyList<Row> rows) => rows.SelectMany(row => new[]
    {
        row.Duplicates > 0 ? $"a tag twice: {row}" : null,
        row.Unnoticed > 0 ? $"an unnoticed loss: {row}" : null,
        row.Situation.IsQuiet && row.Errors > 0 ? $"an error though nothing changed: {row}" : null,
        row.Situation is { IsInOrderOfTime: true, ChangesPerRequest: 0.05 } && row.Errors > Math.Max(1, row.Runs / 100) ? $"too many errors: {row}" : null,
        !row.Situation.IsQuiet && row.Lossy == 0 ? $"no lossy first pass: {row}" : null,
    }.OfType<string>());

    private sealed record Row(Situation Situation, int Runs, int Lossy, int Unnoticed, int Errors, int Duplicates, double Readings)
    {
        public static Row Of(Situation situation, ListingSigns heeded)
        {
            var runs = Enumerable.Range(0, s_runs).Select(seed => SimulatedRun.Of(situation, seed, heeded)).ToArray();
            return new Row(
                situation,
                runs.Length,
                runs.Count(run => run.IsFirstPassLossy),
                runs.Count(run => run.IsUnnoticedLoss),
                runs.Count(run => run.IsIncomplete),
                runs.Count(run => run.HasDuplicate),
                runs.Average(run => 1 + run.Rereads));
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Situation} | {Runs} | {Lossy} | {Unnoticed} | {Errors} | {Readings:0.00}");
    }
}
