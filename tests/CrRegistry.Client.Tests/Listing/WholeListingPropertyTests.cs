using System.Globalization;
using CrRegistry.Client.Tests.Listing.Simulation;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>
/// The rule of complete lists with wrong services and changing repositories. Each listing is compared with the repository.
/// CRREGISTRY_SIMULATED_RUNS sets the runs of each situation, CRREGISTRY_SIMULATED_SEED the first seed. docs/reliability.md contains the output.
/// </summary>
public sealed class WholeListingPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public Task List_in_any_order_is_complete_or_an_error() => CheckAsync(RunsOf(Situations.Orders), trial => trial.Situation.ToString());

    [Fact]
    public Task List_of_wrong_service_is_complete_or_an_error() => CheckAsync(RunsOf(Situations.Services), trial => trial.Situation.ToString());

    [Fact]
    public Task List_of_service_with_several_faults_is_complete_or_an_error() => CheckAsync(
        Enumerable.Range(SimulatedRuns.Seed, 200 * SimulatedRuns.Count).Select(seed => (Situations.Combined(seed), seed)), trial => "Combinations");

    /// <summary>
    /// <c>t000</c> is deleted from page 1 and another row is pushed to the end, so that TotalCount is the same and no row is repeated. <c>t010</c> moves to page 1
    /// before page 2 is read. Page 1 returns it when it is read again, so that a simulation does not show that the pages are compared.
    /// </summary>
    [Theory]
    [InlineData("oldest, delete 0@1, push@1")]
    [InlineData("oldest, ahead 4, delete 0@1, push@1")]
    public void Reads_again_after_change_on_page_1_only(string script)
    {
        var trace = ScriptedList.TraceAll(25, 10, script);

        Assert.Contains("1 3 (end) 1", trace, StringComparison.Ordinal);
        Assert.EndsWith("complete, 26 of 25: t000-t009 t011-t024 pushed t010", trace, StringComparison.Ordinal);
    }

    [Theory]
    // t000 is deleted and pushed again, so that both ends are unchanged. Page 2 is read in between.
    [InlineData("delete 0@2, move 0@3")]
    // Two readings with different page sizes miss t010, because nine rows move to the front before the second one, and a row is deleted before its page 2.
    [InlineData("delete 0@1, move 11@3, move 12@3, move 13@3, move 14@3, move 15@3, move 16@3, move 17@3, move 18@3, move 19@3, delete 1@4")]
    public void Rare_change_hides_no_row(string script) =>
        Assert.EndsWith(", 25 of 25: t000-t009 t011-t024 t010", ScriptedList.TraceAll(25, 10, script), StringComparison.Ordinal);

    /// <summary>The last page by TotalCount does not exist. The reading ends there, and the next one decides.</summary>
    [Theory]
    [InlineData(9, "1 1/9 | 112/9 (returned) 1/7 2/7 incomplete")]
    [InlineData(25, "1 | 100 101 (returned) 1/18 2/18 incomplete")]
    public void Missing_last_page_sends_these_requests(int count, string trace) =>
        Assert.StartsWith(trace, ScriptedList.TraceAll(count, 10, "total 1000"), StringComparison.Ordinal);

    /// <summary>A deletion moved the only row of page 3 to page 2, between their replies. Both were taken for a last page that is repeated past the end.</summary>
    [Fact]
    public async Task Small_page_that_moved_is_not_a_repeated_last_page()
    {
        var situation = Situations.Services.Single(one => one.ToString() == "Newest first, TotalCount a fraction, -PageSize 1 | 0.02 | 1");

        var run = await Task.Run(() => SimulatedRun.Of(situation, 500_011));

        Assert.False(run.IsUnnoticedLoss);
    }

    /// <summary>Returns the runs of each situation. A share of 1 % is visible only with enough of them.</summary>
    private static IEnumerable<(Situation Situation, int Seed)> RunsOf(IEnumerable<Situation> situations) =>
        from situation in situations
        from seed in Enumerable.Range(SimulatedRuns.Seed, situation.IsHeldToOnePercent ? 10 * SimulatedRuns.Count : SimulatedRuns.Count)
        select (situation, seed);

    private async Task CheckAsync(IEnumerable<(Situation Situation, int Seed)> runs, Func<Trial, string> nameOf)
    {
        // Without the synchronization context of the test, a run continues within the reply to its request, and is the same each time.
        var trials = await Task.Run(() => runs.AsParallel().AsOrdered().Select(run => Trial.Of(run.Situation, run.Seed)).ToArray());
        output.WriteLine($"Service | Changes a request | In flight | {Columns}");
        foreach (var row in trials.GroupBy(nameOf)) output.WriteLine($"{row.Key} | {Sums([.. row])}");
        output.WriteLine($"Service | {Columns}");
        foreach (var row in trials.GroupBy(trial => trial.Situation.Service).Where(row => row.Count() > 1)) output.WriteLine($"{row.Key} | {Sums([.. row])}");
        output.WriteLine($"All | {Sums(trials)}");
        string[] violations = [.. TooManyErrors(trials), .. trials.SelectMany(ViolationsOf)];
        Assert.True(violations.Length == 0, string.Join('\n', violations.Take(40)));
        Assert.Contains(trials, trial => trial.Run.IsFirstPassLossy);
    }

    private const string Columns = "Runs | Lossy first passes | Unnoticed losses | Errors | Errors without cause | Without end | Requests / pages";

    private static string Sums(IReadOnlyCollection<Trial> trials) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trials.Count} | {trials.Count(trial => trial.Run.IsFirstPassLossy)} | {trials.Count(trial => trial.Run.IsUnnoticedLoss)} | {trials.Count(trial => trial.Run.IsError)} | {trials.Count(trial => trial.Run.IsErrorWithoutCause)} | {trials.Count(trial => trial.Run.IsEndless)} | {trials.Sum(trial => trial.Run.Requests) / (double)trials.Sum(trial => trial.Run.Pages):0.00}");

    private static IEnumerable<string> ViolationsOf(Trial trial) => new[]
    {
        trial.Run.IsEndless ? $"no end: {trial}" : null,
        trial.Run.HasDuplicate ? $"a tag twice: {trial}" : null,
        trial.Run.IsUnnoticedLoss ? $"an unnoticed loss: {trial}" : null,
        trial.Run.IsErrorWithoutCause ? $"an error without cause ({trial.Run.Error}): {trial}" : null,
        trial.Run.IsErrorMissing ? $"no error: {trial}" : null,
        trial.Run.Requests > trial.Run.MostRequests ? $"{trial.Run.Requests} requests for {trial.Run.Pages} pages, at most {trial.Run.MostRequests}: {trial}" : null,
    }.OfType<string>();

    private static IEnumerable<string> TooManyErrors(Trial[] trials) =>
        from trial in trials
        where trial.Situation.IsHeldToOnePercent
        group trial.Run by trial.Situation.Service into service
        let errors = service.Count(run => run.IsError)
        where errors > Math.Max(1, service.Count() / 100)
        select $"{errors} errors in {service.Count()} runs: {service.Key}";

    private sealed record Trial(Situation Situation, int Seed, SimulatedRun Run)
    {
        public static Trial Of(Situation situation, int seed) => new(situation, seed, SimulatedRun.Of(situation, seed));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {Situation}");
    }
}
