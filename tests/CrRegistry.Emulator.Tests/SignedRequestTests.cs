using System.Net;

namespace CrRegistry.Emulator.Tests;

public sealed class SignedRequestTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    private (string, string)[] FirstPage => [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId), ("PageSize", "5")];

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions());
        _caller = new SignedCaller(_server);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("GET", false)]
    [InlineData("POST", false)]
    [InlineData("POST", true)]
    public async Task Accepts_valid_v3_request(string method, bool inBody)
    {
        Answer answer = await SignedCaller.SendAsync(_caller.V3(new HttpMethod(method), "ListRepoTag", FirstPage, inBody));

        answer.ShouldBe(HttpStatusCode.OK, "success");
        Assert.Equal(["v0", "v1", "v2", "v3", "v4"], answer.Tags);
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("POST", false)]
    [InlineData("POST", true)]
    public async Task Accepts_valid_rpc_request(string method, bool inBody)
    {
        Answer answer = await SignedCaller.SendAsync(_caller.Rpc(new HttpMethod(method), "ListRepoTag", FirstPage, inBody));

        answer.ShouldBe(HttpStatusCode.OK, "success");
        Assert.Equal(["v0", "v1", "v2", "v3", "v4"], answer.Tags);
    }

    [Fact]
    public async Task Accepts_rpc_action_in_header()
    {
        using HttpRequestMessage request = _caller.Rpc(HttpMethod.Get, "ListRepoTag", FirstPage);
        request.Headers.Add("x-acs-action", "ListRepoTag");

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.OK, "success");
    }

    [Fact]
    public async Task Compares_decoded_parameters()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "GetRepoTag", [.. FirstPage, ("Tag", "a b+c*/你")]);

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.NotFound, "TAG_NOT_EXIST");
    }

    [Fact]
    public async Task Rejects_changed_v3_parameter()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage);
        request.RequestUri = Replaced(request.RequestUri!, "PageSize=5", "PageSize=6");

        await ShouldMismatch(request);
    }

    [Fact]
    public async Task Rejects_changed_rpc_parameter()
    {
        using HttpRequestMessage request = _caller.Rpc(HttpMethod.Get, "ListRepoTag", FirstPage);
        request.RequestUri = Replaced(request.RequestUri!, "PageSize=5", "PageSize=6");

        await ShouldMismatch(request);
    }

    [Fact]
    public async Task Rejects_added_rpc_parameter()
    {
        using HttpRequestMessage request = _caller.Rpc(HttpMethod.Post, "ListRepoTag", FirstPage, inBody: true);
        request.RequestUri = new Uri(_server.Address, "?PageNo=2");

        await ShouldMismatch(request);
    }

    [Fact]
    public async Task Rejects_changed_v3_header()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage);
        request.Headers.Remove("x-acs-action");
        request.Headers.Add("x-acs-action", "DeleteRepoTag");

        await ShouldMismatch(request);
    }

    [Fact]
    public async Task Rejects_changed_v3_body()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Post, "ListRepoTag", FirstPage, inBody: true);
        string body = await request.Content!.ReadAsStringAsync();
        request.Content = new StringContent(body.Replace("PageSize=5", "PageSize=6", StringComparison.Ordinal), null, "application/x-www-form-urlencoded");
        request.Content.Headers.ContentType!.CharSet = null;

        await ShouldMismatch(request);
    }

    [Fact]
    public async Task Rejects_signed_hash_of_another_body()
    {
        var caller = new SignedCaller(_server) { ContentHash = new string('0', 64) };

        await ShouldMismatch(caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage));
    }

    [Fact]
    public async Task Rejects_added_v3_body()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage);
        request.Content = new StringContent("unsigned");
        request.Content.Headers.ContentType = null;

        await ShouldMismatch(request);
    }

    [Fact]
    public async Task Rejects_changed_method()
    {
        using HttpRequestMessage v3 = _caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage);
        using HttpRequestMessage rpc = _caller.Rpc(HttpMethod.Get, "ListRepoTag", FirstPage);
        v3.Method = HttpMethod.Post;
        rpc.Method = HttpMethod.Post;

        await ShouldMismatch(v3);
        await ShouldMismatch(rpc);
    }

    [Fact]
    public async Task Rejects_wrong_secret()
    {
        var caller = new SignedCaller(_server) { AccessKeySecret = "wrong" };

        await ShouldMismatch(caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage));
        await ShouldMismatch(caller.Rpc(HttpMethod.Get, "ListRepoTag", FirstPage));
    }

    [Fact]
    public async Task Rejects_unknown_key()
    {
        var caller = new SignedCaller(_server) { AccessKeyId = "nobody" };

        (await SignedCaller.SendAsync(caller.V3(HttpMethod.Get, "ListRepoTag", FirstPage))).ShouldBe(HttpStatusCode.NotFound, "InvalidAccessKeyId.NotFound");
        (await SignedCaller.SendAsync(caller.Rpc(HttpMethod.Get, "ListRepoTag", FirstPage))).ShouldBe(HttpStatusCode.NotFound, "InvalidAccessKeyId.NotFound");
    }

    private static async Task ShouldMismatch(HttpRequestMessage request)
    {
        Answer answer = await SignedCaller.SendAsync(request);

        answer.ShouldBe(HttpStatusCode.BadRequest, "SignatureDoesNotMatch");
        Assert.StartsWith("Specified signature is not matched with our calculation. server string to sign is:", (string)answer.Json["Message"]!, StringComparison.Ordinal);
    }

    private static Uri Replaced(Uri uri, string old, string replacement)
    {
        Assert.Contains(old, uri.OriginalString, StringComparison.Ordinal);
        return new Uri(uri.OriginalString.Replace(old, replacement, StringComparison.Ordinal));
    }
}
