using System.Globalization;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Operations;

/// <summary>The common fields of all paged lists.</summary>
internal static class Listing
{
    public static JsonObject Of(string name, Paging paging, JsonNode rows, JsonNode totalCount) => new()
    {
        ["PageNo"] = paging.PageNo,
        ["PageSize"] = paging.PageSize,
        ["TotalCount"] = totalCount,
        [name] = rows,
    };

    public static JsonArray PageOf<T>(IEnumerable<T> all, Paging paging, Func<T, JsonObject> row) =>
        new([.. all.Skip((int)Math.Min(paging.Skip, int.MaxValue)).Take(paging.PageSize).Select(row)]);

    /// <summary>Returns a number in quotes, as in most lists and in the times of some.</summary>
    public static string Quoted(long number) => number.ToString(CultureInfo.InvariantCulture);
}
