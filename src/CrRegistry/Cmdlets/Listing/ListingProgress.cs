using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>
/// Shows how far a listing has come, where it takes longer than a moment and the service is what takes the time.
/// </summary>
/// <param name="noun">What is listed, many of them.</param>
/// <param name="elapsed">The time since the pipeline began.</param>
internal sealed class ListingProgress(string noun, Func<TimeSpan> elapsed)
{
    private const int ActivityId = 1;

    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a page may take to be written while progress is shown: memory takes far less, a screen more.</summary>
    private static readonly TimeSpan s_slowReader = TimeSpan.FromMilliseconds(50);

    private object? _subject;
    private long _given;
    private TimeSpan _listingStart;
    private TimeSpan _pageStart;
    private TimeSpan _lastShown;
    private bool _isShown;
    private bool _readerIsSlow;

    /// <summary>Measures by the clock of this machine.</summary>
    /// <param name="noun">What is listed, many of them.</param>
    public ListingProgress(string noun)
        : this(noun, Stopwatch.StartNew())
    {
    }

    private ListingProgress(string noun, Stopwatch sinceStart)
        : this(noun, () => sinceStart.Elapsed)
    {
    }

    /// <summary>To be called before the rows of a page are written.</summary>
    public void PageBegins() => _pageStart = elapsed();

    /// <summary>
    /// Ends what is shown where the reader takes its time over the rows. If it is the screen, the host draws the progress anew at each line,
    /// and on Unix asks the terminal for the cursor each time: that is slow, and a Ctrl+C in between can hang PowerShell.
    /// </summary>
    /// <returns>What to show; null for nothing.</returns>
    public ProgressRecord? RowWritten()
    {
        if (!_isShown || elapsed() - _pageStart < s_slowReader) return null;
        _readerIsSlow = true;
        return End();
    }

    /// <summary>Counts a page.</summary>
    /// <returns>What to show; null for nothing.</returns>
    public ProgressRecord? Next(object subject, int rows, long? total)
    {
        if (!Equals(subject, _subject)) (_subject, _given, _listingStart) = (subject, 0, elapsed());
        _given += rows;
        var now = elapsed();
        if (_readerIsSlow || now < s_moment || now - _lastShown < s_interval) return null;
        (_lastShown, _isShown) = (now, true);

        var progress = new ProgressRecord(ActivityId, $"Listing the {noun} of '{subject}'", string.Format(
            CultureInfo.CurrentCulture, total >= _given ? "{0:N0} of {1:N0} {2}" : "{0:N0} {2}", _given, total, noun));
        if (total >= _given && _given > 0)
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
        return new ProgressRecord(ActivityId, $"Listing the {noun} of '{_subject}'", "Done") { RecordType = ProgressRecordType.Completed };
    }
}
