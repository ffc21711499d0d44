using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrRegistry.Emulator.Tests;

/// <summary>The sample registry must be realistic, and the same at each start.</summary>
public sealed partial class SampleRegistryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private EmulatorServer _server = null!;
    private Dictionary<string, JsonObject[]> _tags = null!;

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = null });
        _tags = await ReadAsync(_server);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Has_three_namespaces_twelve_repositories_and_some_600_tags()
    {
        Assert.Equal("team/app", _tags.Keys.First());
        Assert.Equal("team/app", _server.Repository);
        Assert.Equal((3, 12), (_tags.Keys.Select(name => name.Split('/')[0]).Distinct().Count(), _tags.Count));
        Assert.InRange(_tags.Values.Sum(tags => tags.Length), 580, 660);
        Assert.Equal(500, _tags["team/app"].Length);
        Assert.Equal("data/archive", Assert.Single(_tags, pair => pair.Value.Length == 0).Key);
    }

    [Fact]
    public void Has_a_history_of_two_years_that_ends_today()
    {
        var ages = _tags["team/app"].Select(tag => (s_now - Time(tag)).TotalDays).ToArray();
        Assert.InRange(ages.Max(), 700, 731);
        Assert.InRange(ages.Min(), -0.01, 1);
        Assert.InRange(ages.Count(age => age > 90), 150, 450);
        Assert.All(_tags.Values.SelectMany(tags => tags), tag => Assert.True(Number(tag, "ImageCreate") < Number(tag, "ImageUpdate")));
    }

    [Theory]
    [InlineData("latest", "2.5.1")]
    [InlineData("2", "2.5.1")]
    [InlineData("2.5", "2.5.1")]
    [InlineData("1.4", "1.4.1")]
    [InlineData("1", "1.11.1")]
    public void Moves_tags_to_the_newest_release_that_they_name(string moving, string release)
    {
        JsonObject moved = Tag("team/app", moving);
        JsonObject released = Tag("team/app", release);
        Assert.Equal((string)released["Digest"]!, (string)moved["Digest"]!);
        Assert.Equal((string)released["ImageId"]!, (string)moved["ImageId"]!);
        Assert.True(Time(moved) > Time(released));
    }

    [Fact]
    public void Signs_images_that_exist()
    {
        var digests = _tags["team/app"].Select(tag => (string)tag["Digest"]!).ToHashSet();
        var signatures = _tags["team/app"].Select(tag => SignatureTag().Match((string)tag["Tag"]!)).Where(match => match.Success).ToArray();
        Assert.Equal([".att", ".sbom", ".sig"], signatures.Select(match => match.Groups[2].Value).Distinct().Order());
        Assert.All(signatures, match => Assert.Contains(match.Groups[1].Value, digests));
    }

    [Fact]
    public void Has_valid_names_of_which_some_are_odd()
    {
        Assert.All(_tags.Values.SelectMany(tags => tags), tag => Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", (string)tag["Tag"]!));
        Assert.Contains(_tags["team/app"], tag => ((string)tag["Tag"]!).Length == 128);
        Assert.Contains(_tags["team/app"], tag => ((string)tag["Tag"]!).StartsWith("nightly-", StringComparison.Ordinal));
        string[] odd = ["PR-481", "pr-481", "1e3", "007", "1.10", "_scratch"];
        Assert.All(odd, name => Tag("team/app", name));
        Assert.Equal(["DELETING", "NORMAL"], _tags["team/app"].Select(tag => (string)tag["Status"]!).Distinct().Order());
    }

    [Fact]
    public async Task Has_the_same_releases_at_each_start()
    {
        await using EmulatorServer again = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = null });
        var tags = await ReadAsync(again);
        Assert.Equal(_tags.Keys, tags.Keys);
        Assert.Equal(
            _tags["platform/dotnet"].Select(tag => ((string)tag["Tag"]!, (string)tag["Digest"]!, Number(tag, "ImageSize"))),
            tags["platform/dotnet"].Select(tag => ((string)tag["Tag"]!, (string)tag["Digest"]!, Number(tag, "ImageSize"))));
    }

    private static async Task<Dictionary<string, JsonObject[]>> ReadAsync(EmulatorServer server)
    {
        var caller = new SignedCaller(server);
        Answer repositories = await caller.CallAsync("ListRepository", ("InstanceId", server.InstanceId), ("PageSize", "100"));
        Dictionary<string, JsonObject[]> tags = [];
        foreach (JsonNode? repository in repositories.Json["Repositories"]!.AsArray())
        {
            List<JsonObject> rows = [];
            for (int page = 1; rows.Count == (page - 1) * 100; page++)
            {
                Answer answer = await caller.CallAsync(
                    "ListRepoTag", ("InstanceId", server.InstanceId), ("RepoId", (string)repository!["RepoId"]!), ("PageNo", $"{page}"), ("PageSize", "100"));
                rows.AddRange(answer.Json["Images"]!.AsArray().Select(row => row!.AsObject()));
            }

            tags.Add($"{repository!["RepoNamespaceName"]}/{repository["RepoName"]}", [.. rows]);
        }

        return tags;
    }

    private static DateTimeOffset Time(JsonObject tag) => DateTimeOffset.FromUnixTimeMilliseconds(Number(tag, "ImageUpdate"));

    // The service quotes some of its numbers.
    private static long Number(JsonObject tag, string name) => long.Parse(tag[name]!.ToString(), CultureInfo.InvariantCulture);

    private JsonObject Tag(string repository, string name) => _tags[repository].Single(tag => (string)tag["Tag"]! == name);

    [GeneratedRegex("^sha256-([0-9a-f]{64})([.][a-z]+)$")]
    private static partial Regex SignatureTag();
}
