using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Signing;

/// <summary>The signed text that -Debug shows. It can be compared with the service's text, and contains no secret.</summary>
public sealed class SignedTextTests
{
    private static readonly DateTimeOffset s_date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Uri s_endpoint = new("https://cr.cn-test.aliyuncs.com");

    [Fact]
    public void Shows_canonical_request_of_version_3()
    {
        using var request = Sign(new Credential("test-id", "test-secret"), ("InstanceId", "cri-test"), ("RepoId", "a b"), ("Tag", "v1+x"));

        Assert.Equal("""
            GET
            /
            InstanceId=cri-test&RepoId=a%20b&Tag=v1%2Bx
            host:cr.cn-test.aliyuncs.com
            x-acs-action:GetRepoTag
            x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            x-acs-date:2026-01-02T03:04:05Z
            x-acs-signature-nonce:nonce
            x-acs-version:2018-12-01

            host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            """.ReplaceLineEndings("\n"), SignedText.Of(request, Operation.GetRepoTag));
    }

    [Fact]
    public void Masks_values_that_are_not_allowed()
    {
        using var request = Sign(new Credential("test-id", "test-secret", "test-token"), ("Password", "some-word"), ("RepoId", "crr-test"));

        var text = SignedText.Of(request, Operation.GetRepoTag);

        Assert.Contains("\nPassword=***&RepoId=crr-test\n", text, StringComparison.Ordinal);
        Assert.Contains("\nx-acs-accesskey-id:test-id\n", text, StringComparison.Ordinal);
        Assert.Contains("\nx-acs-security-token:***\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SignedText.SignatureOf(request)!, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_parameters_of_the_operation_only()
    {
        var request = new ApiRequest(s_endpoint, Operation.ListRepository, new Dictionary<string, string> { ["RepoStatus"] = "ALL", ["Tag"] = "v1" });
        using var v3 = new Acs3Signer().Sign(request, Run.Credential, "nonce", s_date);
        using var v1 = new RpcV1Signer().Sign(request, Run.Credential, "nonce", s_date);

        Assert.Contains("\nRepoStatus=ALL&Tag=***\n", SignedText.Of(v3, request.Operation), StringComparison.Ordinal);
        Assert.Contains("%26RepoStatus%3DALL%26", SignedText.Of(v1, request.Operation), StringComparison.Ordinal);
        Assert.Contains("%26Tag%3D***%26", SignedText.Of(v1, request.Operation), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_string_of_version_1_without_signature()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "https://cr.cn-test.aliyuncs.com/?AccessKeyId=test-id&Action=GetRepoTag&SecurityToken=test%2Btoken&Tag=v1%2Bx&Signature=c2lnbmF0dXJl%3D");

        Assert.Equal("GET&%2F&AccessKeyId%3Dtest-id%26Action%3DGetRepoTag%26SecurityToken%3D***%26Tag%3Dv1%252Bx", SignedText.Of(request, Operation.GetRepoTag));
        Assert.Equal("c2lnbmF0dXJl=", SignedText.SignatureOf(request));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public void Reports_signed_text_before_reply_only_if_requested(bool wanted, int texts)
    {
        var query = Run.Query(Run.All, "team/app");
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None) { ShowsSignedRequests = wanted, ShowsCompletedRequests = true };
        work.Add("list", Run.Connect(FakeRegistry.WithTags(1)).ListTags(FakeRegistry.Endpoint, query));
        var messages = new List<object>();
        while (work.Take(wait: true) is { } next)
        {
            Assert.Null(next.Failure);
            if (next.Message is RequestSigned or RequestCompleted) messages.Add(next.Message);
        }

        Assert.Equal(texts, messages.OfType<RequestSigned>().Count());
        if (!wanted) return;
        Assert.IsType<RequestSigned>(messages[0]);
        Assert.Equal(("GetRepository", "ListRepoTag"), (((RequestSigned)messages[0]).Action, ((RequestSigned)messages[2]).Action));
    }

    private static SignedRequest Sign(Credential credential, params (string Name, string Value)[] parameters) => new Acs3Signer().Sign(
        new ApiRequest(s_endpoint, Operation.GetRepoTag, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)), credential, "nonce", s_date);
}
