using System.Globalization;
using System.Management.Automation;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Lists that change, or that the service miscounts, while a real engine reads them over real connections.</summary>
public sealed class WholeListTests : ModuleTest
{
    private const string Downstream = "& { begin { $seen = 0 } process { $seen++ } end { \"end after $seen\" } }";

    private RegistryRepository Repository => Emulator.Registry.Repositories[0];

    [Fact]
    public void Finds_all_tags_after_push_and_reports_reading_again()
    {
        AfterPage(1, () => Repository.Put(new RegistryTag { Tag = "pushed", ImageUpdate = DateTimeOffset.UtcNow.AddHours(1) }));

        var outcome = Session.Run("Get-CrRepoTag team/app -All -Verbose").AssertNoError();

        Assert.Equal([.. Enumerable.Range(0, 250).Select(number => $"v{number}"), "pushed"], outcome.Texts);
        Assert.Contains(outcome.Verbose, line => line.StartsWith("'team/app' is read again", StringComparison.Ordinal));
    }

    [Fact]
    public void Finds_all_tags_after_deletion()
    {
        AfterPage(1, () => Repository.Remove("v3"));

        var outcome = Session.Run("Get-CrRepoTag team/app -All").AssertNoError();

        Assert.Equal(Enumerable.Range(0, 250).Select(number => $"v{number}").Order(), outcome.Texts.Order());
    }

    [Theory]
    [InlineData("SilentlyContinue")]
    [InlineData("Continue")]
    [InlineData("Ignore")]
    [InlineData("Stop")]
    public void Next_command_does_not_end_after_incomplete_list(string errorAction)
    {
        MiscountBy(7);

        var outcome = Session.Run($"Get-CrRepoTag team/app -All -ErrorAction {errorAction} | {Downstream}");

        Assert.Empty(outcome.Output);
        Assert.Equal("IncompleteListing,CrRegistry.Cmdlets.GetCrRepoTagCommand", outcome.Terminating!.FullyQualifiedErrorId);
        Session.Set("failure", Unwrapped(outcome.Terminating.Exception));
        var told = Session.Run("$failure.PageNo, $failure.RowsReceived, $failure.TotalCount");
        Assert.Equal(["4", "250", "257"], told.Texts);
    }

    [Theory]
    [InlineData("$tags = @(Get-CrRepoTag team/app -All -ErrorAction Stop); 'went on'")]
    [InlineData("$ErrorActionPreference = 'Stop'; $tags = @(Get-CrRepoTag team/app -All); 'went on'")]
    public void Script_ends_with_ErrorAction_Stop(string script)
    {
        MiscountBy(7);

        Assert.Contains("250 of 257 tags", Assert.ThrowsAny<RuntimeException>(() => Session.Show(script)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("went on", Session.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_continues_without_ErrorAction_Stop()
    {
        MiscountBy(7);

        Assert.Contains("went on", Session.Show("$tags = @(Get-CrRepoTag team/app -All); 'went on'"), StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_list_has_advice_for_its_cause()
    {
        Emulator.OnReply = (call, reply, _) =>
        {
            if (call.Action == "ListRepoTag" && call.Parameters["PageNo"] == "3") (reply["IsSuccess"], reply["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };

        var told = Session.Run("Get-CrRepoTag team/app -All").Terminating!.ToString();

        Assert.Matches("failed at page 3 .* needs the RAM action 'cr:ListRepositoryTag'\\. The output is incomplete. Do not use it; run the command again\\.", told);
    }

    [Fact]
    public void Rule_applies_to_wildcard()
    {
        MiscountBy(7);

        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v1*");

        Assert.Equal("InvalidResult", outcome.Terminating!.CategoryInfo.Category.ToString());
    }

    [Theory]
    [InlineData("-First 260", 0)]
    [InlineData("-Skip 1", 1)]
    [InlineData("-Skip 2 -First 300", 2)]
    public void Rule_applies_to_range_of_all(string range, int skip)
    {
        AfterPage(1, () => Repository.Remove("v3"));

        var outcome = Session.Run($"Get-CrRepoTag team/app -All {range}").AssertNoError();

        Assert.Equal(Enumerable.Range(0, 250).Skip(skip).Select(number => $"v{number}").Order(), outcome.Texts.Order());
    }

    [Fact]
    public void Reads_range_once()
    {
        AfterPage(1, () => Repository.Put(new RegistryTag { Tag = "pushed", ImageUpdate = DateTimeOffset.UtcNow.AddHours(1) }));

        Session.Run("Get-CrRepoTag team/app -First 250").AssertNoError();

        Assert.Equal(3, Listings);
    }

    private static Exception Unwrapped(Exception exception) => exception is ActionPreferenceStopException stop ? stop.ErrorRecord.Exception : exception;

    private void MiscountBy(int offset) => Emulator.OnReply = (call, reply, _) =>
    {
        if (call.Action == "ListRepoTag") reply["TotalCount"] = (250 + offset).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    };

    private void AfterPage(int pageNo, Action change)
    {
        var isDone = 0;
        Emulator.OnReply = (call, _, _) =>
        {
            if (call.Action == "ListRepoTag" && call.Parameters["PageNo"] == pageNo.ToString(CultureInfo.InvariantCulture) && Interlocked.Exchange(ref isDone, 1) == 0) change();
            return Task.CompletedTask;
        };
    }
}
