using System.Text;
using CrRegistry.Client.Api;
using CrRegistry.Client.Decoding;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>Decodes the bytes of a reply into a page or a failure, without a network and without a retry.</summary>
internal static class Replies
{
    public const string Host = "cr.example.test";

    public static ApiReply Of(string body, string? contentType, int status = 200) => Of(Encoding.UTF8.GetBytes(body), contentType, status);

    public static ApiReply Of(byte[] body, string? contentType, int status = 200) => new("ListRepoTag", status, contentType, body, "REQ-H") { Host = Host };

    public static Page<ImageTag> Page(ApiReply reply, int pageNo = 1) => ReplyDecoder.DecodePage(
        reply, ReplyJson.Default.ListRepoTagReply, nameof(ListRepoTagReply.Images), static list => list.Images, NewTags().Read, pageNo, 100);

    public static ImageTag Tag(ApiReply reply) => ReplyDecoder.DecodeRow(reply, ReplyJson.Default.ImageFields, NewTags().Read);

    public static Page<TagVulnerability> Vulnerabilities(ApiReply reply)
    {
        Assert.True(RepositoryReference.TryParseId(FakeRegistry.RepoId, out var repository));
        var rows = new TagVulnerabilities(new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, null), repository), "v1", null);
        return ReplyDecoder.DecodePage(reply, ReplyJson.Default.ListRepoTagScanResultReply, nameof(ListRepoTagScanResultReply.Vulnerabilities), static list => list.Vulnerabilities, rows.Read, 1, 100);
    }

    public static CrApiException Failure(ApiReply reply, int pageNo = 1) => Assert.Throws<CrApiException>(() => Page(reply, pageNo));

    private static Tags NewTags()
    {
        Assert.True(RepositoryReference.TryParseId(FakeRegistry.RepoId, out var repository));
        return new Tags(new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, null), repository));
    }
}
