using System.Net;

namespace CrRegistry.Emulator.Tests;

public sealed class ResourceTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    private (string, string) Instance => ("InstanceId", _server.InstanceId);

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions());
        _caller = new SignedCaller(_server);
        _server.Registry.AddRepository("team", "web");
        _server.Registry.AddRepository("other", "app");
        _server.Registry.GetOrAddInstance("cri-second", "cn-beijing");
        _server.Registry.AddRepository("far", "app", "crr-far", "cri-second");
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Creates_login_of_instance()
    {
        Answer endpoints = await _caller.CallAsync("ListInstanceEndpoint", Instance, ("ModuleName", "Registry"));
        Answer token = await _caller.CallAsync("GetAuthorizationToken", Instance, ("ExpiresInHours", "2"));

        Assert.Equal(["internet", "vpc"], endpoints.Json["Endpoints"]!.AsArray().Select(endpoint => (string)endpoint!["EndpointType"]!));
        Assert.All(endpoints.Json["Endpoints"]!.AsArray(), endpoint => Assert.EndsWith(".cn-shanghai.cr.localhost", (string)endpoint!["Domains"]![0]!["Domain"]!, StringComparison.Ordinal));
        Assert.Equal("cr_temp_user", (string)token.Json["TempUsername"]!);
        Assert.NotEqual((string)token.Json["AuthorizationToken"]!, (string)(await _caller.CallAsync("GetAuthorizationToken", Instance)).Json["AuthorizationToken"]!);
        Assert.True((long)token.Json["ExpireTime"]! > 0);
        (await _caller.CallAsync("GetAuthorizationToken", ("InstanceId", "cri-none"))).ShouldBe(HttpStatusCode.NotFound, "INSTANCE_NOT_EXIST");
    }

    [Fact]
    public async Task Default_instance_and_repository_have_valid_IDs()
    {
        Assert.Matches("^cri-[a-z0-9]{16}$", _server.InstanceId);
        Assert.Matches("^crr-[a-z0-9]{16}$", _server.RepoId);
        Assert.Equal(("cn-shanghai", "team/app"), (_server.RegionId, _server.Repository));
        Assert.Equal([_server.InstanceId, "cri-second"], await NamesAsync("ListInstance", "Instances", "InstanceId"));
        Assert.Equal(["cn-shanghai", "cn-beijing"], await NamesAsync("ListInstance", "Instances", "RegionId"));
    }

    [Fact]
    public async Task Lists_namespaces_of_instance()
    {
        Assert.Equal(["team", "other"], await NamesAsync("ListNamespace", "Namespaces", "NamespaceName", Instance));
        Assert.Equal(["far"], await NamesAsync("ListNamespace", "Namespaces", "NamespaceName", ("InstanceId", "cri-second")));
        Assert.Equal(["other"], await NamesAsync("ListNamespace", "Namespaces", "NamespaceName", Instance, ("NamespaceName", "other")));
        Assert.Empty(await NamesAsync("ListNamespace", "Namespaces", "NamespaceName", Instance, ("NamespaceStatus", "DELETING")));
    }

    [Fact]
    public async Task Creates_tag_that_next_read_shows()
    {
        (string, string)[] parameters = [Instance, ("NamespaceName", "team"), ("RepoName", "app"), ("FromTag", "v1"), ("ToTag", "prod")];

        Answer created = await _caller.CallAsync("CreateRepoTag", parameters);

        Assert.Equal(["Code", "IsSuccess", "RequestId"], created.Json.Select(field => field.Key).Order());
        Assert.Equal(
            (string)(await _caller.CallAsync("GetRepoTag", Instance, ("RepoId", _server.RepoId), ("Tag", "v1"))).Json["Digest"]!,
            (string)(await _caller.CallAsync("GetRepoTag", Instance, ("RepoId", _server.RepoId), ("Tag", "prod"))).Json["Digest"]!);
        (await _caller.CallAsync("CreateRepoTag", [.. parameters[..3], ("FromTag", "gone"), ("ToTag", "prod")])).ShouldBe(HttpStatusCode.NotFound, "TAG_NOT_EXIST");
        (await _caller.CallAsync("CreateRepoTag", [.. parameters[..2], ("RepoName", "none"), .. parameters[3..]])).ShouldBe(HttpStatusCode.NotFound, "REPO_NOT_EXIST");
        (await _caller.CallAsync("CreateRepoTag", parameters[..4])).ShouldBe(HttpStatusCode.BadRequest, "MissingToTag");
        (await _caller.CallAsync("CreateRepoTag", [Instance, ("RepoNamespaceName", "team"), .. parameters[2..]])).ShouldBe(HttpStatusCode.BadRequest, "MissingNamespaceName");
    }

    [Fact]
    public async Task Returns_namespace_by_name_or_ID()
    {
        Answer byName = await _caller.CallAsync("GetNamespace", Instance, ("NamespaceName", "other"));
        Answer byId = await _caller.CallAsync("GetNamespace", Instance, ("NamespaceId", (string)byName.Json["NamespaceId"]!));

        Assert.Equal("other", (string)byId.Json["NamespaceName"]!);
        (await _caller.CallAsync("GetNamespace", Instance, ("NamespaceName", "none"))).ShouldBe(HttpStatusCode.NotFound, "NAMESPACE_NOT_EXIST");
    }

    [Theory]
    [InlineData("app,web,app")]
    [InlineData("app,web", "RepoNamespaceName", "team")]
    [InlineData("app,app", "RepoName", "app")]
    [InlineData("", "RepoName", "ap")]
    [InlineData("app,web,app", "RepoStatus", "ALL")]
    [InlineData("app,web,app", "RepoStatus", "NORMAL")]
    [InlineData("", "RepoStatus", "DELETING")]
    [InlineData("web", "PageNo", "2", "PageSize", "1")]
    public async Task Filters_and_pages_repositories(string expected, params string[] filter)
    {
        (string, string)[] parameters = [Instance, .. filter.Chunk(2).Select(pair => (pair[0], pair[1]))];

        Assert.Equal(expected, string.Join(',', await NamesAsync("ListRepository", "Repositories", "RepoName", parameters)));
    }

    [Fact]
    public async Task Returns_repository_by_ID_or_name()
    {
        Answer byName = await _caller.CallAsync("GetRepository", Instance, ("RepoNamespaceName", "team"), ("RepoName", "app"));
        Answer byId = await _caller.CallAsync("GetRepository", ("InstanceId", "cri-second"), ("RepoId", "crr-far"));

        Assert.Equal(_server.RepoId, (string)byName.Json["RepoId"]!);
        Assert.Equal("far", (string)byId.Json["RepoNamespaceName"]!);
    }

    [Fact]
    public async Task Missing_item_has_its_own_code()
    {
        (await _caller.CallAsync("ListRepoTag", ("InstanceId", "cri-none"), ("RepoId", _server.RepoId))).ShouldBe(HttpStatusCode.NotFound, "INSTANCE_NOT_EXIST");
        (await _caller.CallAsync("ListRepoTag", Instance, ("RepoId", "crr-far"))).ShouldBe(HttpStatusCode.NotFound, "REPO_NOT_EXIST");
        (await _caller.CallAsync("GetRepository", Instance, ("RepoNamespaceName", "team"), ("RepoName", "none"))).ShouldBe(HttpStatusCode.NotFound, "REPO_NOT_EXIST");
        (await _caller.CallAsync("GetRepoTag", Instance, ("RepoId", _server.RepoId), ("Tag", "V0"))).ShouldBe(HttpStatusCode.NotFound, "TAG_NOT_EXIST");
    }

    private async Task<string[]> NamesAsync(string action, string list, string field, params (string, string)[] parameters) =>
        [.. (await _caller.CallAsync(action, parameters)).Json[list]!.AsArray().Select(row => (string)row![field]!)];
}
