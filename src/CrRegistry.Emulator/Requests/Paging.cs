using System.Globalization;
using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Requests;

/// <summary>The page that a list call requests.</summary>
internal readonly record struct Paging(int PageNo, int PageSize)
{
    private const int DefaultPageSize = 30;

    // The documented maximum of the service.
    public const int LargestPageSize = 100;

    public long Skip => (PageNo - 1L) * PageSize;

    /// <summary>Reads the page from a call. A valid page size above <paramref name="largestPageSize"/> is reduced to it.</summary>
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
