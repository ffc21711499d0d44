using System.Globalization;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>What a user must know of the lists of one pipeline: said once, when it ends.</summary>
/// <param name="one">What is listed, one of it.</param>
/// <param name="many">What is listed, many of them.</param>
internal sealed class ListingWarnings(string one, string many)
{
    private const int MostNamed = 5;

    private readonly List<string> _cut = [];
    private long _withoutTime;
    private string? _firstWithoutTime;

    /// <summary>Looks at a tag that is given.</summary>
    public void Note(ImageTag tag, object subject)
    {
        if (tag.ImageUpdate is not null) return;
        _withoutTime++;
        _firstWithoutTime ??= $"'{tag.Tag}' of '{subject}'";
    }

    /// <summary>Looks at a list of which only the first page is given.</summary>
    public void NoteCut(object subject, int given, long? total, int pageSize)
    {
        if (total > given) _cut.Add(string.Format(CultureInfo.InvariantCulture, "'{0}' ({1} of {2} {3})", subject, given, total, many));
        // A full page proves nothing unless TotalCount agrees with it.
        else if (total != given && given >= pageSize) _cut.Add(string.Format(CultureInfo.InvariantCulture, "'{0}' ({1} {2}; the reply has no valid TotalCount)", subject, given, many));
    }

    public IEnumerable<string> All()
    {
        if (_cut.Count > 0)
        {
            var rest = _cut.Count > MostNamed ? $" and {_cut.Count - MostNamed} more" : string.Empty;
            yield return $"Only the first page was given of {string.Join(", ", _cut.Take(MostNamed))}{rest}. Add -All for every {one}, or -First and -Skip for a part.";
        }

        if (_withoutTime > 0)
        {
            yield return $"{_withoutTime} of the tags given {(_withoutTime == 1 ? "has" : "have")} no ImageUpdate, {(_withoutTime == 1 ? "" : "the first is ")}{_firstWithoutTime}. "
                + "PowerShell takes $null for older than every date: test for it before you compare, as in 'Where-Object { $_.ImageUpdate -and $_.ImageUpdate -lt $limit }'.";
        }
    }
}
