using System.Globalization;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>The warnings about the lists of one pipeline, written once when it ends.</summary>
/// <param name="noun">The rows, in the plural.</param>
internal sealed class ListingWarnings(string noun)
{
    private const int MostNamed = 5;

    private readonly List<string> _cut = [];
    private long _withoutTime;
    private string? _firstWithoutTime;

    /// <summary>Counts a returned tag if it has no ImageUpdate.</summary>
    public void Note(ImageTag tag, object subject)
    {
        if (tag.ImageUpdate is not null) return;
        _withoutTime++;
        _firstWithoutTime ??= $"'{tag.Tag}' of '{subject}'";
    }

    /// <summary>Notes a list of which only the first page is returned, unless that page is the complete list.</summary>
    public void NoteCut(object subject, int given, long? total, int pageSize)
    {
        if (total > given) _cut.Add(string.Format(CultureInfo.InvariantCulture, "'{0}' ({1} of {2} {3})", subject, given, total, noun));
        // A full page proves nothing unless TotalCount agrees with it.
        else if (total != given && given >= pageSize) _cut.Add(string.Format(CultureInfo.InvariantCulture, "'{0}' ({1} {2}; the reply has no valid TotalCount)", subject, given, noun));
    }

    public IEnumerable<string> All()
    {
        if (_cut.Count > 0)
        {
            var rest = _cut.Count > MostNamed ? $" and {_cut.Count - MostNamed} more" : string.Empty;
            yield return $"Only the first page of {string.Join(", ", _cut.Take(MostNamed))}{rest} was returned. Use -All for all {noun}, or -First and -Skip for a range.";
        }

        if (_withoutTime > 0)
        {
            yield return $"{_withoutTime} of the returned tags {(_withoutTime == 1 ? "has" : "have")} no ImageUpdate, {(_withoutTime == 1 ? "" : "the first is ")}{_firstWithoutTime}. "
                + "PowerShell treats $null as earlier than any date. Test for it before you compare, as in 'Where-Object { $_.ImageUpdate -and $_.ImageUpdate -lt $limit }'.";
        }
    }
}
