using System.Globalization;

namespace CrRegistry.Benchmarks;

/// <summary>What is listed, and how.</summary>
/// <param name="Tags">Tags in each repository.</param>
/// <param name="Latency">How long the server holds each reply, in milliseconds.</param>
/// <param name="InFlight">Requests under way at once.</param>
/// <param name="Repositories">How many repositories, one after another.</param>
internal sealed record Load(int Tags, int Latency = 0, int InFlight = Load.DefaultInFlight, int Repositories = 1)
{
    public const int DefaultInFlight = 10;

    public const int PageSize = 100;

    /// <summary>
    /// Where processor time is measured, fewer would measure how the runtime compiles: it does so in steps, and watches its own code for some time
    /// before the last. Where memory is, more would leave behind what nobody's first command finds.
    /// </summary>
    public int MostTagsOfWarmUp { get; init; } = 1_000_000;

    /// <summary>How many lists come before the one that is measured.</summary>
    public int WarmUps { get; init; } = 2;

    /// <summary>Tells the requests of one run from those of another.</summary>
    public string Run { get; init; } = "warm";

    /// <summary>What is listed before anything is measured, so that the runtime has compiled what it will.</summary>
    public Load WarmUp => new(Math.Min(Tags, MostTagsOfWarmUp), 0, InFlight, Math.Min(Repositories, 30));

    public int Pages => (Tags + PageSize - 1) / PageSize;

    /// <summary>
    /// What the rule of whole lists needs, one after another, for one repository: page 1, the last page alone, the rest in windows
    /// of as many as may be in flight, and both ends once more. A list of one page is whole with it.
    /// </summary>
    public int RoundTrips => Pages <= 1 ? 1 : 2 + RoundTripsOf(Pages - 2) + RoundTripsOf(2);

    /// <summary>The ids of the repositories: they tell the server all that it has to know.</summary>
    public IEnumerable<string> RepoIds => Enumerable.Range(1, Repositories).Select(number => string.Create(CultureInfo.InvariantCulture, $"crr-{Run}-{Tags}-{Latency}-{number}"));

    /// <summary>A namespace that has these repositories.</summary>
    public string Namespace => string.Create(CultureInfo.InvariantCulture, $"{Run}-{Tags}-{Latency}-{Repositories}");

    private int RoundTripsOf(int requests) => (requests + InFlight - 1) / InFlight;

    public static Load Of(string run, int[] numbers) => new(numbers[0], numbers[1], numbers[2], numbers[3]) { Run = run, WarmUps = numbers[4] };

    public string[] ToArguments() => [Run, .. new[] { Tags, Latency, InFlight, Repositories, WarmUps }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
