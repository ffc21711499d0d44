using System.Globalization;
using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>
/// Shows the progress of a listing, or of changes, that take more than a second because of the service.
/// </summary>
/// <param name="noun">The rows, in the plural.</param>
/// <param name="elapsed">The time since the pipeline began.</param>
/// <param name="activity">The activity; null for the listing of the subject.</param>
internal sealed class ListingProgress(string noun, Func<TimeSpan> elapsed, string? activity = null)
{
    private const int ActivityId = 1;

    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <summary>The time to write a page above which the reader is slow. Writing to a variable takes far less, and writing to a screen more.</summary>
    private static readonly TimeSpan s_slowReader = TimeSpan.FromMilliseconds(50);

    private object? _subject;
    private long _written;
    private TimeSpan _listingStart;
    private TimeSpan _pageStart;
    private TimeSpan _lastShown;
    private bool _isShown;
    private bool _readerIsSlow;

    private string Activity => activity ?? $"Listing the {noun} of '{_subject}'";

    /// <summary>Notes that the rows of a page are about to be written.</summary>
    public void PageBegins() => _pageStart = elapsed();

    /// <summary>
    /// Ends the progress if the reader is slow. If it is the screen, the host redraws the progress at each line,
    /// and on Unix requests the position of the cursor each time. That is slow, and a Ctrl+C in between can hang PowerShell.
    /// </summary>
    /// <returns>The record to show; null for none.</returns>
    public ProgressRecord? RowWritten()
    {
        if (!_isShown || elapsed() - _pageStart < s_slowReader) return null;
        _readerIsSlow = true;
        return End();
    }

    /// <summary>Counts a page.</summary>
    /// <returns>The record to show; null for none.</returns>
    public ProgressRecord? Next(object subject, int rows, long? total)
    {
        if (!Equals(subject, _subject)) (_subject, _written, _listingStart) = (subject, 0, elapsed());
        _written += rows;
        var now = elapsed();
        if (_readerIsSlow || now < s_moment || now - _lastShown < s_interval) return null;
        (_lastShown, _isShown) = (now, true);

        var progress = new ProgressRecord(ActivityId, Activity, string.Format(
            CultureInfo.CurrentCulture, total >= _written ? "{0:N0} of {1:N0} {2}" : "{0:N0} {2}", _written, total, Noun.Of(noun, total >= _written ? total.Value : _written)));
        if (total >= _written && _written > 0)
        {
            var done = Math.Min(1.0, (double)_written / total.Value);
            progress.PercentComplete = (int)(100 * done);
            progress.SecondsRemaining = (int)Math.Min(int.MaxValue, (now - _listingStart).TotalSeconds * (1 - done) / done);
        }

        return progress;
    }

    /// <summary>Ends the progress.</summary>
    /// <returns>The record to show; null if no progress is shown.</returns>
    public ProgressRecord? End()
    {
        if (!_isShown) return null;
        _isShown = false;
        return new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed };
    }
}
