using System.Globalization;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Commands with services that return wrong numbers.</summary>
public sealed class WrongCountTests : ModuleTest
{
    private const string Named = "224..249 | ForEach-Object { \"v$_\" }";

    private const string AdviceOfList =
        "The output is incomplete. Do not use it; run the command again. If the error occurs again although the list does not change, the service returns wrong pages.";

    private const string AdviceOfRange =
        "The output is incomplete. Do not use it; use -All and select the range from its output. -All reads the list again if it changes or is in an unstable order.";

    private static string[] AllTags => [.. Enumerable.Range(0, 250).Select(number => $"v{number}")];

    [Theory]
    [InlineData("200")]
    [InlineData("100")]
    [InlineData(null)]
    public void Finds_all_tags_with_too_low_TotalCount(string? total)
    {
        Change("ListRepoTag", reply => reply["TotalCount"] = total);

        Assert.Equal(AllTags, Texts("Get-CrRepoTag team/app -All"));
        Assert.Equal(AllTags, Texts("Get-CrRepoTag team/app -First 250"));
        Assert.Equal(AllTags[60..], Texts("Get-CrRepoTag team/app -Skip 60"));
        Assert.Equal(AllTags[210..240], Texts("Get-CrRepoTag team/app -Skip 210 -First 30"));
        Assert.Equal(AllTags.Where(tag => tag.StartsWith("v2", StringComparison.Ordinal)), Texts("Get-CrRepoTag team/app -Tag v2*"));
        Assert.Equal(AllTags[224..], Texts($"Get-CrRepoTag team/app -Tag ({Named})"));
    }

    [Theory]
    [InlineData("100")]
    [InlineData("249")]
    [InlineData(null)]
    public void Finds_all_repositories_with_too_low_TotalCount(string? total)
    {
        for (var number = 1; number < 250; number++) Emulator.Registry.AddRepository("team", $"r{number}");
        Change("ListRepository", reply => reply["TotalCount"] = total);

        Assert.Equal(250, Texts("Get-CrRepository -All").Count);
        Assert.Equal(61, Texts("Get-CrRepository r2*").Count);
        Assert.Equal(["team/r200"], Texts("Get-CrRepository r200"));
        Assert.Equal(190, Texts("Get-CrRepository -Skip 60").Count);
    }

    [Theory]
    [InlineData("100000")]
    [InlineData("9007199254740991")]
    public void Far_too_high_TotalCount_is_an_error_soon(string total)
    {
        Change("ListRepoTag", reply => reply["TotalCount"] = total);

        var outcome = Session.Run("Get-CrRepoTag team/app -All");

        Assert.Equal("IncompleteListing,CrRegistry.Cmdlets.GetCrRepoTagCommand", outcome.Terminating!.FullyQualifiedErrorId);
        Assert.InRange(Listings, 3, (3 * 3) + 20);
    }

    [Fact]
    public void Ignored_PageNo_is_an_error_soon()
    {
        var first = new JsonArray();
        Change("ListRepoTag", reply =>
        {
            reply["TotalCount"] = null;
            if (first.Count == 0) first = reply["Images"]!.DeepClone().AsArray();
            reply["Images"] = first.DeepClone();
        });

        var outcome = Session.Run("Get-CrRepoTag team/app -All");

        Assert.Equal("IncompleteListing,CrRegistry.Cmdlets.GetCrRepoTagCommand", outcome.Terminating!.FullyQualifiedErrorId);
        Assert.InRange(Listings, 2, 3);
    }

    [Fact]
    public void Range_with_ignored_PageNo_is_an_error_without_rows()
    {
        var first = new JsonArray();
        Change("ListRepoTag", reply =>
        {
            // Two pages are requested at the same time.
            lock (first)
            {
                if (first.Count == 0) foreach (var row in reply["Images"]!.AsArray()) first.Add(row!.DeepClone());
                reply["Images"] = first.DeepClone();
            }
        });

        var outcome = Session.Run("Get-CrRepoTag team/app -Skip 100 -First 10");

        Assert.Equal("IncompleteListing,CrRegistry.Cmdlets.GetCrRepoTagCommand", outcome.Terminating!.FullyQualifiedErrorId);
        Assert.Empty(outcome.Output);
        Assert.Equal(2, Listings);
    }

    /// <summary>A page that is not full proves the end only if the next one has no rows.</summary>
    [Theory]
    [InlineData(25, 10, null, 2, "'team/app' (10 tags; no valid TotalCount) was read. There may be more tags.")]
    [InlineData(25, 10, "many", 2, "'team/app' (10 tags; no valid TotalCount) was read.")]
    [InlineData(25, 10, "0", 2, "'team/app' (10 tags; TotalCount is 0) was read.")]
    [InlineData(25, 10, "25", 1, "'team/app' (10 of 25 tags) was returned.")]
    [InlineData(25, 100, null, 2, null)]
    [InlineData(25, 100, "many", 2, null)]
    [InlineData(25, 100, "25", 1, null)]
    [InlineData(30, 100, null, 1, "'team/app' (30 tags; no valid TotalCount) was read.")]
    [InlineData(30, 100, "30", 1, null)]
    [InlineData(0, 100, null, 1, null)]
    public void Warns_about_unproved_first_page(int count, int largest, string? total, int listings, string? warning)
    {
        var tags = new JsonArray();
        Change("ListRepoTag", reply =>
        {
            var rows = reply["Images"]!.AsArray();
            var from = int.Parse(reply["PageNo"]!.ToString(), CultureInfo.InvariantCulture) - 1;
            if (from == 0) tags = rows.DeepClone().AsArray();
            var size = Math.Min(largest, 30);
            reply["Images"] = new JsonArray([.. tags.Take(count).Skip(from * size).Take(size).Select(row => row!.DeepClone())]);
            reply["TotalCount"] = total;
        });

        var outcome = Session.Run("Get-CrRepoTag team/app").AssertNoError();

        Assert.Equal(Math.Min(count, Math.Min(largest, 30)), outcome.Output.Count);
        Assert.Equal(listings, Listings);
        if (warning is null) Assert.Empty(outcome.Warnings);
        else Assert.Contains(warning, Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_page_2_is_a_warning()
    {
        Change("ListRepoTag", reply =>
        {
            reply["TotalCount"] = null;
            var rows = reply["Images"]!.AsArray();
            while (rows.Count > 20) rows.RemoveAt(rows.Count - 1);
            if (reply["PageNo"]!.ToString() == "2") (reply["IsSuccess"], reply["Code"]) = (false, "NoPrivilege");
        });

        var outcome = Session.Run("Get-CrRepoTag team/app").AssertNoError();

        Assert.Equal(20, outcome.Output.Count);
        Assert.Contains("There may be more tags", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void PageNo_1_costs_one_request_for_any_TotalCount()
    {
        Change("ListRepoTag", reply =>
        {
            reply["TotalCount"] = null;
            reply["Images"]!.AsArray().RemoveAt(0);
        });

        Assert.Empty(Session.Run("Get-CrRepoTag team/app -PageNo 1").AssertNoError().Warnings);
        Assert.Equal(1, Listings);
    }

    [Fact]
    public void Contradictory_list_has_advice()
    {
        var first = new JsonArray();
        Change("ListRepoTag", reply =>
        {
            // Two pages are requested at the same time.
            lock (first)
            {
                if (first.Count == 0) foreach (var row in reply["Images"]!.AsArray()) first.Add(row!.DeepClone());
                reply["Images"] = first.DeepClone();
            }
        });

        foreach (var part in new[] { "-All", "-Skip 100 -First 10", "-First 150" })
        {
            first.Clear();
            var told = Session.Run($"Get-CrRepoTag team/app {part}").Terminating!.ToString();

            Assert.EndsWith(part == "-All" ? AdviceOfList : AdviceOfRange, told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Push_between_pages_of_range_is_not_a_service_error()
    {
        var replies = 0;
        Change("ListRepoTag", _ =>
        {
            if (Interlocked.Increment(ref replies) == 1) Emulator.Registry.Repositories[0].Put(new RegistryTag { Tag = "pushed", ImageUpdate = DateTimeOffset.UtcNow.AddHours(1) });
        });

        var told = Session.Run("Get-CrRepoTag team/app -PageSize 1 -First 2").Terminating!.ToString();

        Assert.Contains("failed at page 2 after 1 tag of the range (TotalCount is 251). The service returned tags of earlier pages again, or the list changed.", told, StringComparison.Ordinal);
        Assert.EndsWith(AdviceOfRange, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", false)]
    [InlineData("29", true)]
    [InlineData("0", true)]
    [InlineData(null, true)]
    [InlineData("many", true)]
    public void Warns_about_full_first_page_unless_TotalCount_agrees(string? total, bool isWarned)
    {
        Change("ListRepoTag", reply => reply["TotalCount"] = total);

        Assert.Equal(isWarned ? 1 : 0, Session.Run("Get-CrRepoTag team/app").Warnings.Count(warning => warning.Contains("'team/app' (30 tags; ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Reply_for_other_tag_is_an_error()
    {
        Change("GetRepoTag", reply => reply["Tag"] = "V1");

        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v1");

        Assert.Empty(outcome.Output);
        Assert.Contains("InvalidResult", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Texts(string script) => Session.Run(script).AssertNoError().Texts;

    private void Change(string action, Action<JsonObject> change) => Emulator.OnReply = (call, reply, _) =>
    {
        if (call.Action == action) change(reply);
        return Task.CompletedTask;
    };
}
