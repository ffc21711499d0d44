using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class PagingTests : ModuleTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(200)]
    [InlineData(2501)]
    public void All_returns_every_tag_once_in_order_without_warning(int count)
    {
        var outcome = Session.Run($"Get-CrRepoTag {NewRepository(count)} -All").AssertNoError();

        Assert.Equal(Enumerable.Range(0, count).Select(number => $"v{number}"), outcome.Texts);
        Assert.Empty(outcome.Warnings);
    }

    [Theory]
    [InlineData("", 250, 30, true)]
    [InlineData("", 30, 30, false)]
    [InlineData("-PageSize 50", 51, 50, true)]
    [InlineData("-PageSize 50", 50, 50, false)]
    public void Warns_once_about_first_page_of_longer_list(string arguments, int count, int given, bool warned)
    {
        var outcome = Session.Run($"Get-CrRepoTag {NewRepository(count)} {arguments}").AssertNoError();

        Assert.Equal(given, outcome.Output.Count);
        Assert.Equal(1, Listings);
        if (!warned) Assert.Empty(outcome.Warnings);
        else Assert.Matches($"{given} of {count} .*-All", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public void Warns_once_about_several_incomplete_lists()
    {
        var warning = Assert.Single(Session.Run("'team/app', 'team/app' | Get-CrRepoTag -PageSize 3").AssertNoError().Warnings);

        Assert.StartsWith("Only the first pages of 'team/app' (3 of 250 tags), 'team/app' (3 of 250 tags) were returned.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_names_five_of_many_incomplete_lists()
    {
        var warning = Assert.Single(Session.Run("@('team/app') * 7 | Get-CrRepoTag -PageSize 3").AssertNoError().Warnings);

        Assert.Equal(5, warning.Split("'team/app' (3 of 250 tags)").Length - 1);
        Assert.Contains("'team/app' (3 of 250 tags) and 2 more were returned. Use -All", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-First 3", "v0..v2", 1)]
    [InlineData("-First 250", "v0..v249", 3)]
    [InlineData("-Skip 150 -First 5", "v150..v154", 2)]
    [InlineData("-Skip 248", "v248..v249", 3)]
    [InlineData("-PageNo 2", "v30..v59", 1)]
    [InlineData("-PageNo 99", "", 1)]
    [InlineData("-PageNo 3 -PageSize 100", "v200..v249", 1)]
    [InlineData("-First 0", "", 0)]
    [InlineData("-All | first 3", "v0..v2", 1)]
    public void Range_costs_its_pages_and_up_to_two_more(string arguments, string expected, int listings)
    {
        // The bare engine does not contain Select-Object. ForEach-Object with a break ends the pipeline in the same way.
        var script = arguments.Contains('|', StringComparison.Ordinal)
            ? "$n = 0; foreach ($once in 1) { Get-CrRepoTag team/app -All | ForEach-Object { $_; if (++$n -eq 3) { break } } }"
            : $"Get-CrRepoTag team/app {arguments}";

        var outcome = Session.Run(script).AssertNoError();

        var texts = outcome.Texts;
        Assert.Equal(expected, texts.Count == 0 ? "" : $"{texts[0]}..{texts[^1]}");
        Assert.Equal(listings, Listings);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void Stopped_pipeline_costs_one_request_and_next_command_works()
    {
        // The bare engine does not contain Select-Object. A break ends the pipeline in the same way.
        var outcome = Session.Run("$n = 0; foreach ($once in 1) { Get-CrRepoTag team/app -All | ForEach-Object { $_; if (++$n -eq 3) { break } } }").AssertNoError();

        Assert.Equal(["v0", "v1", "v2"], outcome.Texts);
        Assert.Equal(1, Listings);
        Assert.Equal(250, Session.Run("Get-CrRepoTag team/app -All").AssertNoError().Output.Count);
    }

    [Fact]
    public void Returns_count_first()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -First 2 -IncludeTotalCount").AssertNoError();

        Assert.Equal(250UL, outcome.Output[0].BaseObject);
        Assert.Equal(["v0", "v1"], outcome.Output.Skip(1).Select(tag => tag.ToString()));
    }

    [Fact]
    public void Count_of_tags_by_name_is_unknown()
    {
        var count = Session.Run("Get-CrRepoTag team/app -Tag v24? -IncludeTotalCount").AssertNoError().Output[0];

        Assert.Equal((0UL, 0.0), (count.BaseObject, count.Properties["Accuracy"].Value));
    }

    [Fact]
    public void Count_alone_costs_one_request()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -First 0 -IncludeTotalCount").AssertNoError();

        Assert.Equal(250UL, Assert.Single(outcome.Output).BaseObject);
        Assert.Equal("1", Emulator.Requests.Single(request => request.Action == "ListRepoTag").Parameters["PageSize"]);
    }

    [Theory]
    [InlineData("-Tag v7", "v7", 0)]
    [InlineData("-Tag v7, v3", "v7 v3", 0)]
    [InlineData("-Tag v7, v7", "v7", 0)]
    [InlineData("-Tag v24?", "v240 v241 v242 v243 v244 v245 v246 v247 v248 v249", 5)]
    [InlineData("-Tag V24?", "", 5)]
    [InlineData("-Tag v24* -First 2", "v24 v240", 3)]
    [InlineData("-Tag v24* -Skip 1 -First 1", "v240", 3)]
    [InlineData("-Tag v7, v24?  -First 2", "v7 v240", 3)]
    public void Selects_tags_by_name_or_wildcard(string arguments, string expected, int listings)
    {
        var outcome = Session.Run($"Get-CrRepoTag team/app {arguments}").AssertNoError();

        Assert.Equal(expected, string.Join(' ', outcome.Texts));
        Assert.Equal(listings, Listings);
    }

    [Fact]
    public void Missing_name_is_non_terminating_ObjectNotFound()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v1, V1, v2; 'after'");

        Assert.Equal(["v1", "v2", "after"], outcome.Texts);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(("ObjectNotFound", "V1"), (error.CategoryInfo.Category.ToString(), error.TargetObject));
    }
}
