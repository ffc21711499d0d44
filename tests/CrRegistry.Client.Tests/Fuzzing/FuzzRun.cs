using System.Globalization;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>A run over seeds. CRREGISTRY_FUZZ_CASES sets the number of cases, CRREGISTRY_FUZZ_SEED the first seed.</summary>
internal static class FuzzRun
{
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(1);

    /// <summary>Runs the cases one by one. The first failed case ends the test with its seed.</summary>
    /// <param name="output">Receives one line with the number of cases and of each outcome.</param>
    /// <param name="fewest">The number of cases in a default run.</param>
    /// <param name="outcomeAsync">Runs the case of a seed, and returns its outcome.</param>
    /// <returns>The outcomes that occurred; null if there were fewer cases than in a default run.</returns>
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
