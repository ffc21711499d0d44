using System.Net;

namespace CrRegistry.Emulator.Tests;

public sealed class IncompleteRequestTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions());
        _caller = new SignedCaller(_server);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("x-acs-date")]
    [InlineData("x-acs-signature-nonce")]
    [InlineData("x-acs-content-sha256")]
    [InlineData("Authorization")]
    public async Task Rejects_v3_request_without_header(string header)
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListInstance", []);
        Assert.True(request.Headers.Remove(header));

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "IncompleteSignature");
    }

    [Theory]
    [InlineData("x-acs-action", "MissingAction")]
    [InlineData("x-acs-version", "MissingVersion")]
    public async Task Rejects_v3_request_without_action_or_version(string header, string code)
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListInstance", []);
        Assert.True(request.Headers.Remove(header));

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("x-acs-action")]
    [InlineData("x-acs-content-sha256")]
    [InlineData("x-acs-date")]
    [InlineData("x-acs-signature-nonce")]
    [InlineData("x-acs-version")]
    public async Task Rejects_unsigned_v3_header(string header)
    {
        var caller = new SignedCaller(_server) { UnsignedHeaders = [header] };

        (await caller.CallAsync("ListInstance")).ShouldBe(HttpStatusCode.BadRequest, "IncompleteSignature");
    }

    [Theory]
    [InlineData("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host")]
    [InlineData("ACS3-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00")]
    [InlineData("ACS3-RSA-SHA256 Credential=a,SignedHeaders=host,Signature=00")]
    [InlineData("Bearer abc")]
    public async Task Rejects_malformed_authorization(string authorization)
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListInstance", []);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "IncompleteSignature");
    }

    [Theory]
    [InlineData("AccessKeyId")]
    [InlineData("Action")]
    [InlineData("Signature")]
    [InlineData("SignatureMethod")]
    [InlineData("SignatureNonce")]
    [InlineData("SignatureVersion")]
    [InlineData("Timestamp")]
    [InlineData("Version")]
    public async Task Rejects_rpc_request_without_common_parameter(string parameter)
    {
        using HttpRequestMessage request = _caller.Rpc(HttpMethod.Get, "ListInstance", []);
        IEnumerable<string> others = request.RequestUri!.Query[1..].Split('&').Where(pair => !pair.StartsWith(parameter + "=", StringComparison.Ordinal));
        request.RequestUri = new Uri(_server.Address, "?" + string.Join('&', others));

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "Missing" + parameter);
    }

    [Fact]
    public async Task Rejects_unsigned_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Address);

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "MissingAction");
    }

    [Fact]
    public async Task Rejects_unknown_action() =>
        (await _caller.CallAsync("ListNothing")).ShouldBe(HttpStatusCode.NotFound, "InvalidAction.NotFound");

    [Fact]
    public async Task Rejects_other_api_version()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListInstance", []);
        request.Headers.Remove("x-acs-version");
        request.Headers.Add("x-acs-version", "2016-06-07");

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "InvalidVersion");
    }

    [Fact]
    public async Task Rejects_other_path()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListInstance", []);
        request.RequestUri = new Uri(_server.Address, "/repos");

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.NotFound, "InvalidApi.NotFound");
    }

    [Theory]
    [InlineData("GetRepoTag", "GET", true)]
    [InlineData("GetRepoTag", "POST", false)]
    [InlineData("ListRepoTag", "GET", true)]
    [InlineData("ListRepoTag", "POST", true)]
    [InlineData("ListRepoTag", "PUT", false)]
    [InlineData("DeleteRepoTag", "GET", true)]
    [InlineData("DeleteRepoTag", "POST", true)]
    [InlineData("DeleteRepoTag", "DELETE", false)]
    public async Task Accepts_only_methods_that_the_operation_allows(string action, string method, bool isAllowed)
    {
        using HttpRequestMessage request = _caller.V3(new HttpMethod(method), action, [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId), ("Tag", "v0")]);

        Answer answer = await SignedCaller.SendAsync(request);

        if (isAllowed)
            answer.ShouldBe(HttpStatusCode.OK, "success");
        else
            answer.ShouldBe(HttpStatusCode.BadRequest, "UnsupportedHTTPMethod");
    }

    [Theory]
    [InlineData("GetInstance", "InstanceId")]
    [InlineData("ListNamespace", "InstanceId")]
    [InlineData("GetNamespace", "NamespaceName")]
    [InlineData("ListRepository", "InstanceId")]
    [InlineData("GetRepository", "RepoId")]
    [InlineData("ListRepoTag", "RepoId")]
    [InlineData("GetRepoTag", "Tag")]
    [InlineData("DeleteRepoTag", "Tag")]
    public async Task Rejects_call_without_required_parameter(string action, string parameter)
    {
        (string Name, string Value)[] all = [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId), ("Tag", "v0"), ("NamespaceName", "team")];

        Answer answer = await _caller.CallAsync(action, [.. all.Where(pair => pair.Name != parameter), (parameter, "")]);

        answer.ShouldBe(HttpStatusCode.BadRequest, "Missing" + parameter);
    }
}
