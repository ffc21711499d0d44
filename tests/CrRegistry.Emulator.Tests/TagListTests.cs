using System.Diagnostics;
using System.Globalization;
using System.Net;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Tests;

public sealed class TagListTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(30, 30, 0)]
    [InlineData(31, 30, 1)]
    [InlineData(100, 30, 30)]
    [InlineData(101, 30, 30)]
    public async Task Page_has_30_tags_by_default(int count, int onFirstPage, int onSecondPage)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = count });
        var caller = new SignedCaller(server);

        Answer first = await caller.ListRepoTagAsync();
        Answer second = await caller.ListRepoTagAsync(("PageNo", "2"));

        Assert.Equal(Names(0, onFirstPage), first.Tags);
        Assert.Equal(Names(30, onSecondPage), second.Tags);
        Assert.Equal(count.ToString(CultureInfo.InvariantCulture), (string)first.Json["TotalCount"]!);
    }

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(100, 1, 0, 100)]
    [InlineData(100, 2, 100, 0)]
    [InlineData(101, 2, 100, 1)]
    [InlineData(101, 3, 200, 0)]
    public async Task Page_past_end_is_empty(int count, int pageNo, int from, int rows)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = count });
        var caller = new SignedCaller(server);

        Answer answer = await caller.ListRepoTagAsync(("PageNo", $"{pageNo}"), ("PageSize", "100"));

        answer.ShouldBe(HttpStatusCode.OK, "success");
        Assert.Equal(Names(from, rows), answer.Tags);
        Assert.Equal((pageNo, 100), ((int)answer.Json["PageNo"]!, (int)answer.Json["PageSize"]!));
    }

    [Theory]
    [InlineData("PageSize", "0", "InvalidPageSize")]
    [InlineData("PageSize", "101", "InvalidPageSize")]
    [InlineData("PageSize", "many", "InvalidPageSize")]
    [InlineData("PageNo", "0", "InvalidPageNo")]
    [InlineData("PageNo", "-1", "InvalidPageNo")]
    public async Task Rejects_invalid_page(string name, string value, string code)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions());
        var caller = new SignedCaller(server);

        (await caller.ListRepoTagAsync((name, value))).ShouldBe(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Largest_PageNo_is_empty()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions());
        var caller = new SignedCaller(server);

        Answer answer = await caller.ListRepoTagAsync(("PageNo", "2147483647"), ("PageSize", "100"));
        Answer instances = await caller.CallAsync("ListInstance", ("PageNo", "2147483647"), ("PageSize", "100"));

        Assert.Empty(answer.Tags);
        Assert.Empty(instances.Json["Instances"]!.AsArray());
    }

    [Theory]
    [InlineData(TagOrder.Newest, "c,a,b,x")]
    [InlineData(TagOrder.Oldest, "x,b,a,c")]
    [InlineData(TagOrder.Name, "a,b,c,x")]
    public async Task Lists_tags_in_specified_order(TagOrder order, string expected)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 0, Order = order });
        var caller = new SignedCaller(server);
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        RegistryRepository repository = server.Registry.Repositories[0];
        repository.Add([new() { Tag = "a", ImageUpdate = time }, new() { Tag = "x" }, new() { Tag = "b", ImageUpdate = time.AddHours(-1) }]);
        repository.Put(new() { Tag = "c", ImageUpdate = time.AddHours(1) });

        Assert.Equal(expected.Split(','), (await caller.ListRepoTagAsync()).Tags);
    }

    [Fact]
    public async Task Unstable_order_changes_with_each_request()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 77, Order = TagOrder.Unstable });
        var caller = new SignedCaller(server);

        string[] first = (await caller.ListRepoTagAsync(("PageSize", "100"))).Tags;
        string[] second = (await caller.ListRepoTagAsync(("PageSize", "100"))).Tags;

        Assert.Equal(Names(0, 77).ToHashSet(), first.ToHashSet());
        Assert.Equal(Names(0, 77).ToHashSet(), second.ToHashSet());
        Assert.NotEqual(first, second);
        Assert.NotEqual(Names(0, 77), first);
    }

    [Fact]
    public void Shuffle_is_a_permutation()
    {
        foreach (int count in Enumerable.Range(1, 70).Append(1000))
        {
            var shuffle = new Shuffle(count, 7);
            Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(i => shuffle[i]).Order());
        }
    }

    [Fact]
    public async Task Deletion_moves_later_tags_up()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 5 });
        var caller = new SignedCaller(server);

        (await caller.CallAsync("DeleteRepoTag", ("InstanceId", server.InstanceId), ("RepoId", server.RepoId), ("Tag", "v2"))).ShouldBe(HttpStatusCode.OK, "success");
        (await caller.CallAsync("DeleteRepoTag", ("InstanceId", server.InstanceId), ("RepoId", server.RepoId), ("Tag", "v2"))).ShouldBe(HttpStatusCode.NotFound, "TAG_NOT_EXIST");

        Answer answer = await caller.ListRepoTagAsync();
        Assert.Equal(["v0", "v1", "v3", "v4"], answer.Tags);
        Assert.Equal("4", (string)answer.Json["TotalCount"]!);
    }

    [Fact]
    public async Task Push_replaces_tag_and_moves_it_to_front()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 });
        var caller = new SignedCaller(server);

        server.Registry.Repositories[0].Put(new() { Tag = "v2", ImageUpdate = DateTimeOffset.UtcNow.AddHours(1) });

        Assert.Equal(["v2", "v0", "v1"], (await caller.ListRepoTagAsync()).Tags);
    }

    [Fact]
    public async Task Last_page_of_million_tags_costs_as_much_as_first()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 1_000_000 });
        var caller = new SignedCaller(server);
        await caller.ListRepoTagAsync();

        // The ratio of two times of one run. A search through the tags before a page would take thousands of times as long.
        TimeSpan first = await TimeOfAsync(caller, 1);
        TimeSpan atEnd = await TimeOfAsync(caller, 9_951);
        Assert.InRange(atEnd / first, 0, 50);

        Answer last = await caller.ListRepoTagAsync(("PageNo", "10000"), ("PageSize", "100"));
        Assert.Equal("v999999", last.Tags[^1]);
        Assert.True(long.Parse((string)last.Json["Images"]![99]!["ImageCreate"]!, CultureInfo.InvariantCulture) > 0);
    }

    private static async Task<TimeSpan> TimeOfAsync(SignedCaller caller, int firstPage)
    {
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 50; i++)
            await caller.ListRepoTagAsync(("PageNo", $"{firstPage + i}"), ("PageSize", "100"));
        return watch.Elapsed;
    }

    private static string[] Names(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];
}
