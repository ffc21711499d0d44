using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace CrRegistry.Cmdlets.RepoTags;

/// <summary>Shows how far a listing has come, where it takes longer than a moment.</summary>
internal sealed class ListingProgress
{
    private const int ActivityId = 1;

    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private object? _subject;
    private long _given;
    private TimeSpan _listingStart;
    private TimeSpan _lastShown;
    private bool _isShown;

    /// <summary>Counts a page.</summary>
    /// <returns>What to show; null for nothing.</returns>
    public ProgressRecord? Next(object subject, int tags, long? total)
    {
        if (!Equals(subject, _subject)) (_subject, _given, _listingStart) = (subject, 0, _sinceStart.Elapsed);
        _given += tags;
        var now = _sinceStart.Elapsed;
        if (now < s_moment || now - _lastShown < s_interval) return null;
        (_lastShown, _isShown) = (now, true);

        var progress = new ProgressRecord(ActivityId, $"Listing the tags of '{subject}'", string.Format(
            CultureInfo.CurrentCulture, total is null ? "{0:N0} tags" : "{0:N0} of {1:N0} tags", _given, total));
        if (total > 0 && _given > 0)
        {
            var done = Math.Min(1.0, (double)_given / total.Value);
            progress.PercentComplete = (int)(100 * done);
            progress.SecondsRemaining = (int)Math.Min(int.MaxValue, (now - _listingStart).TotalSeconds * (1 - done) / done);
        }

        return progress;
    }

    /// <summary>Ends what is shown.</summary>
    /// <returns>What to show; null where nothing is shown.</returns>
    public ProgressRecord? End()
    {
        if (!_isShown) return null;
        _isShown = false;
        return new ProgressRecord(ActivityId, $"Listing the tags of '{_subject}'", "Done") { RecordType = ProgressRecordType.Completed };
    }
}
