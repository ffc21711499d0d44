using System.Globalization;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>A run over seeds. A long one by hand: CRREGISTRY_FUZZ_CASES says how many, CRREGISTRY_FUZZ_SEED from which.</summary>
internal static class FuzzRun
{
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(1);

    /// <summary>Runs the cases one by one; the first that fails ends the test, and is told by its seed.</summary>
    /// <param name="output">Gets one line: how many cases, and how many of each outcome.</param>
    /// <param name="fewest">How many cases a run of the tests has.</param>
    /// <param name="outcomeAsync">Runs the case of a seed, and says what came of it.</param>
    /// <returns>The outcomes that came up; null where there were fewer cases than a run of the tests has.</returns>
    public static async Task<IReadOnlyCollection<string>?> OfAsync(ITestOutputHelper output, int fewest, Func<int, Task<string>> outcomeAsync)
    {
        var (cases, first) = (Setting("CRREGISTRY_FUZZ_CASES", fewest), Setting("CRREGISTRY_FUZZ_SEED", 20181201));
        var outcomes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var index = 0; index < cases; index++)
        {
            var seed = unchecked(first + index);
            try
            {
                var outcome = await Task.Run(() => outcomeAsync(seed)).WaitAsync(s_hang);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception}");
            }
        }

        output.WriteLine($"{cases} cases, seeds from {first}: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}"))}.");
        return cases >= fewest ? outcomes.Keys : null;
    }

    private static int Setting(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
