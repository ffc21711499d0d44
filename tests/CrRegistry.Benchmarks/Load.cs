using System.Globalization;

namespace CrRegistry.Benchmarks;

/// <summary>The repositories of a run, and the settings for listing them.</summary>
/// <param name="Tags">The number of tags in each repository.</param>
/// <param name="Latency">The delay of each reply, in milliseconds.</param>
/// <param name="InFlight">The number of simultaneous requests.</param>
/// <param name="Repositories">The number of repositories, which are listed one after another.</param>
internal sealed record Load(int Tags, int Latency = 0, int InFlight = Load.DefaultInFlight, int Repositories = 1)
{
    public const int DefaultInFlight = 10;

    public const int PageSize = 100;

    /// <summary>
    /// With fewer lists, processor time would include compilation, because the runtime compiles in steps and observes the code for some time
    /// before the last step. With more lists, the process would use more memory than at a user's first command.
    /// </summary>
    public int MostTagsOfWarmUp { get; init; } = 1_000_000;

    /// <summary>The number of lists before the one that is measured.</summary>
    public int WarmUps { get; init; } = 2;

    /// <summary>The name that distinguishes the requests of one run from those of others.</summary>
    public string Run { get; init; } = "warm";

    /// <summary>The load of the warm-up, after which the runtime has compiled the code.</summary>
    public Load WarmUp => new(Math.Min(Tags, MostTagsOfWarmUp), 0, InFlight, Math.Min(Repositories, 30));

    public int Pages => (Tags + PageSize - 1) / PageSize;

    /// <summary>
    /// The round trips that the rule of complete lists needs for one repository: page 1, the last page alone, the rest in windows
    /// of simultaneous requests, and both ends once more. A list of one page needs one round trip.
    /// </summary>
    public int RoundTrips => Pages <= 1 ? 1 : 2 + RoundTripsOf(Pages - 2) + RoundTripsOf(2);

    /// <summary>The IDs of the repositories. They contain all settings for the server.</summary>
    public IEnumerable<string> RepoIds => Enumerable.Range(1, Repositories).Select(number => string.Create(CultureInfo.InvariantCulture, $"crr-{Run}-{Tags}-{Latency}-{number}"));

    /// <summary>A namespace with these repositories.</summary>
    public string Namespace => string.Create(CultureInfo.InvariantCulture, $"{Run}-{Tags}-{Latency}-{Repositories}");

    private int RoundTripsOf(int requests) => (requests + InFlight - 1) / InFlight;

    public static Load Of(string run, int[] numbers) => new(numbers[0], numbers[1], numbers[2], numbers[3]) { Run = run, WarmUps = numbers[4] };

    public string[] ToArguments() => [Run, .. new[] { Tags, Latency, InFlight, Repositories, WarmUps }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
