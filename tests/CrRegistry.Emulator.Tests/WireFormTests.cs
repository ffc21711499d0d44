using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace CrRegistry.Emulator.Tests;

public sealed class WireFormTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    private (string, string)[] Repository => [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId)];

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 2 });
        _caller = new SignedCaller(_server);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("ListRepoTag", "TotalCount", JsonValueKind.String)]
    [InlineData("ListRepoTag", "PageNo", JsonValueKind.Number)]
    [InlineData("ListRepoTag", "IsSuccess", JsonValueKind.True)]
    [InlineData("ListRepoTag", "Images.ImageCreate", JsonValueKind.String)]
    [InlineData("ListRepoTag", "Images.ImageUpdate", JsonValueKind.String)]
    [InlineData("ListRepoTag", "Images.ImageSize", JsonValueKind.Number)]
    [InlineData("GetRepoTag", "ImageCreate", JsonValueKind.Number)]
    [InlineData("GetRepoTag", "ImageUpdate", JsonValueKind.Number)]
    [InlineData("ListNamespace", "TotalCount", JsonValueKind.String)]
    [InlineData("ListRepository", "TotalCount", JsonValueKind.String)]
    [InlineData("ListRepository", "Repositories.CreateTime", JsonValueKind.Number)]
    [InlineData("ListInstance", "TotalCount", JsonValueKind.Number)]
    [InlineData("ListInstance", "Instances.CreateTime", JsonValueKind.String)]
    [InlineData("GetInstance", "CreateTime", JsonValueKind.Number)]
    public async Task Fields_have_types_of_service(string action, string path, JsonValueKind kind)
    {
        JsonNode? node = (await _caller.CallAsync(action, [.. Repository, ("Tag", "v0")])).Json;
        foreach (string name in path.Split('.'))
            node = (node is JsonArray rows ? rows[0] : node)![name];

        Assert.Equal(kind, node!.GetValueKind());
    }

    [Fact]
    public async Task Generated_tag_is_plausible()
    {
        JsonNode row = (await _caller.ListRepoTagAsync()).Json["Images"]![1]!;
        JsonObject alone = (await _caller.CallAsync("GetRepoTag", [.. Repository, ("Tag", "v1")])).Json;

        Assert.Equal("NORMAL", (string)row["Status"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)row["Digest"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)row["ImageId"]!);
        Assert.NotEqual((string)row["Digest"]!, (string)row["ImageId"]!);
        Assert.Equal((string)row["Digest"]!, (string)alone["Digest"]!);
        Assert.Equal((string)row["ImageUpdate"]!, alone["ImageUpdate"]!.ToString());
        Assert.Equal(60_000, (long)alone["ImageUpdate"]! - (long)alone["ImageCreate"]!);
    }

    [Fact]
    public async Task Omits_missing_fields_of_tag()
    {
        _server.Registry.Repositories[0].Put(new() { Tag = "bare", Status = null });

        JsonNode row = (await _caller.ListRepoTagAsync()).Json["Images"]![2]!;

        Assert.Equal("""{"Tag":"bare"}""", row.ToJsonString());
    }

    [Fact]
    public async Task Error_has_fields_of_gateway()
    {
        Answer answer = await _caller.CallAsync("GetInstance", ("InstanceId", "cri-nowhere"));

        answer.ShouldBe(HttpStatusCode.NotFound, "INSTANCE_NOT_EXIST");
        Assert.Equal(["RequestId", "HostId", "Code", "Message", "Recommend"], answer.Json.Select(field => field.Key));
        Assert.Equal(answer.RequestId, (string)answer.Json["RequestId"]!);
        Assert.Equal("application/json;charset=utf-8", answer.ContentType);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Xml_repeats_element_of_list(int tags)
    {
        _server.Registry.AddRepository("team", "xml", "crr-xml").AddGenerated(tags);

        Answer answer = await XmlAsync("ListRepoTag", ("InstanceId", _server.InstanceId), ("RepoId", "crr-xml"));

        Assert.Equal("text/xml;charset=utf-8", answer.ContentType);
        Assert.Equal("ListRepoTagResponse", answer.Xml.Name.LocalName);
        XElement[] images = [.. answer.Xml.Elements("Images")];
        Assert.Equal(Enumerable.Range(0, tags).Select(i => $"v{i}"), images.Select(image => image.Element("Tag")!.Value));
        Assert.Equal("true", answer.Xml.Element("IsSuccess")!.Value);
        Assert.Equal($"{tags}", answer.Xml.Element("TotalCount")!.Value);
        Assert.Equal(answer.RequestId, answer.Xml.Element("RequestId")!.Value);
    }

    [Fact]
    public async Task Xml_nests_objects()
    {
        Answer answer = await XmlAsync("ListNamespace", ("InstanceId", _server.InstanceId));

        Assert.Equal("PRIVATE", answer.Xml.Element("Namespaces")!.Element("DefaultRepoConfiguration")!.Element("RepoType")!.Value);
    }

    [Fact]
    public async Task Xml_error_has_its_own_root()
    {
        Answer answer = await XmlAsync("GetInstance", ("InstanceId", "cri-nowhere"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("text/xml;charset=utf-8", answer.ContentType);
        Assert.Equal("Error", answer.Xml.Name.LocalName);
        Assert.Equal("INSTANCE_NOT_EXIST", answer.Xml.Element("Code")!.Value);
    }

    private Task<Answer> XmlAsync(string action, params (string, string)[] parameters) =>
        SignedCaller.SendAsync(_caller.Rpc(HttpMethod.Get, action, parameters, format: "XML"));
}
