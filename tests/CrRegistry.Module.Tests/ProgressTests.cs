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
    public void A_moment_shows_nothing()
    {
        Assert.Null(PageAt(0.9, total: 200));
        Assert.Null(_progress.End());
    }

    [Fact]
    public void Longer_than_a_moment_shows_what_has_come_and_how_long_the_rest_will_take()
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
    public void Pages_that_come_quickly_are_not_each_shown()
    {
        Assert.NotNull(PageAt(2, total: 400));
        Assert.Null(PageAt(2.1, total: 400));
        Assert.NotNull(PageAt(2.3, total: 400));
    }

    [Fact]
    public void An_unknown_total_has_no_percentage()
    {
        var shown = PageAt(2, total: null)!;

        Assert.Equal("100 tags", shown.StatusDescription);
        Assert.Equal((-1, -1), (shown.PercentComplete, shown.SecondsRemaining));
    }

    [Fact]
    public void A_total_that_is_too_low_is_not_shown()
    {
        var shown = PageAt(2, total: 0)!;

        Assert.Equal("100 tags", shown.StatusDescription);
        Assert.Equal((-1, -1), (shown.PercentComplete, shown.SecondsRemaining));
    }

    [Fact]
    public void The_next_repository_begins_anew()
    {
        PageAt(2, total: 100);
        _now = TimeSpan.FromSeconds(3);

        var shown = _progress.Next("team/web", 10, 20)!;

        Assert.Equal(("Listing the tags of 'team/web'", "10 of 20 tags"), (shown.Activity, shown.StatusDescription));
    }

    [Fact]
    public void A_reader_that_takes_its_time_ends_it_for_good()
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
    public void A_reader_that_takes_its_time_before_anything_is_shown_changes_nothing()
    {
        _progress.PageBegins();
        _now += TimeSpan.FromMilliseconds(60);
        Assert.Null(_progress.RowWritten());

        Assert.NotNull(PageAt(2, total: 400));
    }

    [Fact]
    public async Task A_long_listing_shows_it_and_ends_it()
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
