using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Seeding;

namespace CrRegistry.Emulator.Tests;

public sealed class SeedFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Restores_exported_list()
    {
        await using EmulatorServer original = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 100 });
        JsonArray images = await ImagesAsync(original);
        await File.WriteAllTextAsync(_file, new JsonArray([.. images.Select(image => AsConvertToJsonWrites(original, image!))]).ToJsonString());

        await using EmulatorServer copy = await EmulatorServer.StartAsync(new EmulatorOptions { SeedFile = _file });

        Assert.Equal(images.ToJsonString(), (await ImagesAsync(copy)).ToJsonString());
        Assert.Equal(
            (original.InstanceId, original.RegionId, original.RepoId, original.Repository),
            (copy.InstanceId, copy.RegionId, copy.RepoId, copy.Repository));
    }

    [Theory]
    [InlineData("\"2019-11-04T03:45:25Z\"")]
    [InlineData("\"2019-11-04T11:45:25+08:00\"")]
    [InlineData("\"2019-11-04T03:45:25.0000000Z\"")]
    [InlineData("1572839125000")]
    [InlineData("\"\\/Date(1572839125000)\\/\"")]
    [InlineData("\"/Date(1572839125000+0800)/\"")]
    public async Task Reads_times_of_each_PowerShell(string time)
    {
        await using EmulatorServer server = await SeededAsync($$"""{"Tag":"v1","ImageUpdate":{{time}}}""");

        Assert.Equal(1572839125000, server.Registry.Repositories[0].Find("v1")!.ImageUpdate!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Uses_default_repository_for_row_with_nulls()
    {
        await using EmulatorServer server = await SeededAsync(
            """{"Tag":"v1","Digest":null,"ImageId":null,"Status":null,"ImageSize":null,"ImageCreate":null,"ImageUpdate":null,"InstanceId":null,"RegionId":null,"RepoId":null,"RepoNamespaceName":null,"RepoName":null,"Reason":"old"}""");

        Assert.Equal(("team/app", "cn-shanghai"), (server.Repository, server.RegionId));
        Assert.Equal("""[{"Tag":"v1"}]""", (await ImagesAsync(server)).ToJsonString());
    }

    [Fact]
    public async Task Reads_several_repositories_of_several_instances()
    {
        await using EmulatorServer server = await SeededAsync(
            """
            [{"Tag":"a","InstanceId":"cri-1","RegionId":"cn-beijing","RepoId":"crr-1","RepoNamespaceName":"n","RepoName":"one"},
             {"Tag":"b","InstanceId":"cri-1","RepoId":"crr-2"},
             {"Tag":"a","InstanceId":"cri-2","RepoNamespaceName":"n","RepoName":"one"},
             {"Tag":"c","InstanceId":"cri-1","RepoId":"crr-1"}]
            """);

        Assert.Equal(
            ["cri-1 n/one 2", "cri-1 team/crr-2 1", "cri-2 n/one 1"],
            server.Registry.Repositories.Select(one => $"{one.Instance.InstanceId} {one.NamespaceName}/{one.RepoName} {one.TagCount}"));
        Assert.Equal(("cri-1", "cn-beijing", "crr-1"), (server.InstanceId, server.RegionId, server.RepoId));
    }

    [Fact]
    public async Task Creates_empty_repository_for_empty_list()
    {
        await using EmulatorServer server = await SeededAsync("[]");

        Assert.Empty(await ImagesAsync(server));
    }

    [Fact]
    public async Task Reads_utf16_file_of_Windows_PowerShell()
    {
        await File.WriteAllTextAsync(_file, """[{"Tag":"v1"}]""", Encoding.Unicode);

        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { SeedFile = _file });

        Assert.Equal(1, server.Registry.Repositories[0].TagCount);
    }

    [Theory]
    [InlineData("[{\"Tag\":\"v1\"},\n{\"Tag\":]", "line 2, byte 8")]
    [InlineData("", "line 1")]
    [InlineData("3", "it must contain an array of tags")]
    [InlineData("[{\"Tag\":\"v1\"},3]", "tag number 2")]
    [InlineData("[{\"Tag\":\"v1\"},{\"Digest\":\"d\"}]", "tag number 2, Tag: it is missing.")]
    [InlineData("[{\"Tag\":\"v1\"},{\"Tag\":\"v1\"}]", "tag number 2, Tag: 'v1' occurs twice in 'team/app'")]
    [InlineData("[{\"Tag\":\"v1\",\"ImageUpdate\":\"yesterday\"}]", "tag number 1, ImageUpdate")]
    [InlineData("[{\"Tag\":\"v1\",\"ImageSize\":\"big\"}]", "tag number 1, ImageSize")]
    [InlineData("[{\"Tag\":\"v1\"},{\"Tag\":\"v1\",\"RepoId\":\"crr-1\",\"RepoName\":\"app\"}]", "tag number 2, RepoId")]
    public async Task Reports_place_in_invalid_file(string json, string place)
    {
        var error = await Assert.ThrowsAsync<SeedFileException>(() => SeededAsync(json));

        Assert.StartsWith(_file, error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    private async Task<EmulatorServer> SeededAsync(string json)
    {
        await File.WriteAllTextAsync(_file, json);
        return await EmulatorServer.StartAsync(new EmulatorOptions { SeedFile = _file });
    }

    private static async Task<JsonArray> ImagesAsync(EmulatorServer server)
    {
        var caller = new SignedCaller(server);
        return (await caller.ListRepoTagAsync(("PageSize", "100"))).Json["Images"]!.AsArray();
    }

    private static JsonObject AsConvertToJsonWrites(EmulatorServer server, JsonNode image)
    {
        JsonObject row = image.DeepClone().AsObject();
        foreach (string time in new[] { "ImageCreate", "ImageUpdate" })
        {
            long milliseconds = long.Parse((string)row[time]!, CultureInfo.InvariantCulture);
            row[time] = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToOffset(TimeSpan.FromHours(8)).ToString("O", CultureInfo.InvariantCulture);
        }

        row["InstanceId"] = server.InstanceId;
        row["RegionId"] = server.RegionId;
        row["RepoId"] = server.RepoId;
        row["RepoNamespaceName"] = server.Repository.Split('/')[0];
        row["RepoName"] = server.Repository.Split('/')[1];
        return row;
    }
}
