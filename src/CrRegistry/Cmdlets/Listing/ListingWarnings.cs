using System.Globalization;
using CrRegistry.Client.Decoding;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>The warnings about the lists of one pipeline, written once when it ends.</summary>
/// <param name="noun">The rows, in the plural.</param>
internal sealed class ListingWarnings(string noun)
{
    private const int MostNamed = 5;

    private readonly List<string> _cut = [];
    private readonly List<string> _uncertain = [];
    private long _withoutTime;
    private string? _firstWithoutTime;

    /// <summary>Counts a returned tag if it has no ImageUpdate.</summary>
    public void Note(ImageTag tag, object subject)
    {
        if (tag.ImageUpdate is not null) return;
        _withoutTime++;
        _firstWithoutTime ??= $"'{ServiceText.Shown(tag.Tag)}' of '{subject}'";
    }

    /// <summary>Notes a list of which only the first page is returned, unless that page is the complete list.</summary>
    /// <param name="subject">The list.</param>
    /// <param name="given">The number of rows that were returned.</param>
    /// <param name="total">TotalCount; null if it is missing or invalid.</param>
    /// <param name="mayBeFollowed">True if the page is full, or if page 2 is not known to be empty.</param>
    public void NoteFirstPage(object subject, int given, long? total, bool mayBeFollowed)
    {
        if (total > given) _cut.Add(string.Format(CultureInfo.InvariantCulture, "'{0}' ({1} of {2} {3})", subject, given, total, Noun.Of(noun, total.Value)));
        else if (total != given && given > 0 && mayBeFollowed) _uncertain.Add(string.Format(CultureInfo.InvariantCulture, total is null ? "'{0}' ({1} {2}; no valid TotalCount)" : "'{0}' ({1} {2}; TotalCount is {3})", subject, given, Noun.Of(noun, given), total));
    }

    public IEnumerable<string> All()
    {
        if (_cut.Count > 0) yield return $"Only the first {Pages(_cut)} returned. Use -All for all {noun}, or -First and -Skip for a range.";
        if (_uncertain.Count > 0) yield return $"Only the first {Pages(_uncertain)} read. There may be more {noun}. Use -All for all {noun}.";
        if (_withoutTime > 0)
        {
            yield return $"{_withoutTime} of the returned tags {(_withoutTime == 1 ? "has" : "have")} no ImageUpdate{(_withoutTime == 1 ? ": " : ". The first one is ")}{_firstWithoutTime}. "
                + "PowerShell treats $null as earlier than any date. Test for it before you compare, as in 'Where-Object { $_.ImageUpdate -and $_.ImageUpdate -lt $limit }'.";
        }
    }

    private static string Pages(List<string> lists) =>
        (lists.Count == 1 ? "page of " : "pages of ") + string.Join(", ", lists.Take(MostNamed)) + (lists.Count > MostNamed ? $" and {lists.Count - MostNamed} more" : string.Empty) + (lists.Count == 1 ? " was" : " were");
}
