using System.Globalization;
using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Requests;

/// <summary>Which page a list call asks for.</summary>
internal readonly record struct Paging(int PageNo, int PageSize)
{
    private const int DefaultPageSize = 30;

    // The service documents no more.
    public const int LargestPageSize = 100;

    public long Skip => (PageNo - 1L) * PageSize;

    /// <summary>Reads it from a call. A size that may be asked for, but is more than <paramref name="largestPageSize"/>, is cut down to that.</summary>
    public static Paging Of(CallParameters parameters, int largestPageSize) => new(
        Number(parameters, "PageNo", 1, int.MaxValue),
        Math.Min(largestPageSize, Number(parameters, "PageSize", DefaultPageSize, LargestPageSize)));

    private static int Number(CallParameters parameters, string name, int fallback, int largest)
    {
        if (parameters.Optional(name) is not { } text)
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= largest
            ? number
            : throw ApiFault.BadRequest($"Invalid{name}", $"The parameter {name} must be a number from 1 to {largest}.");
    }
}
