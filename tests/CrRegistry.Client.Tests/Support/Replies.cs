using System.Text;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>Bytes in, a page or a failure out: replies as the transport hands them to the decoders, without a network and without another try.</summary>
internal static class Replies
{
    public const string Host = "cr.example.test";

    public static ApiReply Of(string body, string? contentType, int status = 200) => Of(Encoding.UTF8.GetBytes(body), contentType, status);

    public static ApiReply Of(byte[] body, string? contentType, int status = 200) => new("ListRepoTag", status, contentType, body, "REQ-H") { Host = Host };

    public static Page<ImageTag> Page(ApiReply reply, int pageNo = 1) => CrClient.ReadPage(
        reply, new ImageTagReader(new RepositoryAddress(FakeRegistry.InstanceId, null, FakeRegistry.RepoId, null, null), new ListingOrigin()), pageNo, 100);

    public static CrApiException Failure(ApiReply reply, int pageNo = 1) => Assert.Throws<CrApiException>(() => Page(reply, pageNo));
}
