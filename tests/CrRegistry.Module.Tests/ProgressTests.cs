using System.Management.Automation;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Emulator;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class ProgressTests
{
    private readonly ListingProgress _progress;
    private TimeSpan _now;

    public ProgressTests() => _progress = new ListingProgress("tags", () => _now);

    [Fact]
    public void Shows_nothing_for_short_listing()
    {
        Assert.Null(PageAt(0.9, total: 200));
        Assert.Null(_progress.End());
    }

    [Fact]
    public void Shows_received_rows_and_remaining_time()
    {
        Assert.Null(PageAt(0, total: 400));

        var shown = PageAt(3, total: 400)!;

        Assert.Equal("Listing the tags of 'team/app'", shown.Activity);
        Assert.Equal("200 of 400 tags", shown.StatusDescription);
        Assert.Equal((50, 3), (shown.PercentComplete, shown.SecondsRemaining));
        Assert.Equal(ProgressRecordType.Completed, _progress.End()!.RecordType);
        Assert.Null(_progress.End());
    }

    [Fact]
    public void Does_not_show_each_quick_page()
    {
        Assert.NotNull(PageAt(2, total: 400));
        Assert.Null(PageAt(2.1, total: 400));
        Assert.NotNull(PageAt(2.3, total: 400));
    }

    [Fact]
    public void Shows_no_percentage_without_total()
    {
        var shown = PageAt(2, total: null)!;

        Assert.Equal("100 tags", shown.StatusDescription);
        Assert.Equal((-1, -1), (shown.PercentComplete, shown.SecondsRemaining));
    }

    [Fact]
    public void Does_not_show_too_low_total()
    {
        var shown = PageAt(2, total: 0)!;

        Assert.Equal("100 tags", shown.StatusDescription);
        Assert.Equal((-1, -1), (shown.PercentComplete, shown.SecondsRemaining));
    }

    [Fact]
    public void Restarts_for_next_repository()
    {
        PageAt(2, total: 100);
        _now = TimeSpan.FromSeconds(3);

        var shown = _progress.Next("team/web", 10, 20)!;

        Assert.Equal(("Listing the tags of 'team/web'", "10 of 20 tags"), (shown.Activity, shown.StatusDescription));
    }

    [Fact]
    public void Ends_progress_for_slow_reader()
    {
        Assert.NotNull(PageAt(2, total: 400));
        _progress.PageBegins();
        Assert.Null(_progress.RowWritten());
        _now += TimeSpan.FromMilliseconds(60);

        Assert.Equal(ProgressRecordType.Completed, _progress.RowWritten()!.RecordType);

        Assert.Null(_progress.RowWritten());
        Assert.Null(PageAt(9, total: 400));
    }

    [Fact]
    public void Slow_reader_before_progress_has_no_effect()
    {
        _progress.PageBegins();
        _now += TimeSpan.FromMilliseconds(60);
        Assert.Null(_progress.RowWritten());

        Assert.NotNull(PageAt(2, total: 400));
    }

    [Fact]
    public async Task Shows_and_ends_progress_of_long_listing()
    {
        await using var emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { TagCount = 250, Latency = TimeSpan.FromMilliseconds(600) }, CancellationToken.None);
        using var session = new Session();
        session.Connect(emulator);

        var progress = session.Run("$null = Get-CrRepoTag team/app -All -ThrottleLimit 1").AssertNoError().Progress;

        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
        Assert.Contains(progress, record => record.StatusDescription == "250 of 250 tags" && record.PercentComplete == 100);
    }

    private ProgressRecord? PageAt(double seconds, long? total)
    {
        _now = TimeSpan.FromSeconds(seconds);
        return _progress.Next("team/app", 100, total);
    }
}
