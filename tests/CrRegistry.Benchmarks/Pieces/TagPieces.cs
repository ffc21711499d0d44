using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using BenchmarkDotNet.Attributes;
using CrRegistry.Benchmarks.Serving;
using CrRegistry.Client.Api;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Benchmarks.Pieces;

/// <summary>The processing steps of every request and every tag.</summary>
public class TagPieces
{
    private const string RepoId = "crr-benchmark";

    private static readonly ApiRequest s_request = new(new Uri("http://127.0.0.1:8080"), Operation.ListRepoTag, new Dictionary<string, string>
    {
        ["InstanceId"] = Worker.InstanceId,
        ["RepoId"] = RepoId,
        ["PageNo"] = "42",
        ["PageSize"] = "100",
    });

    private static readonly Credential s_credential = new(Worker.KeyId, Worker.Secret);
    private static readonly Tags s_tags = NewTags();

    private readonly Acs3Signer _acs3 = new();
    private readonly RpcV1Signer _rpcV1 = new();
    private readonly ApiReply _json = new(Operation.ListRepoTag.Name, 200, "application/json", Encoding.UTF8.GetBytes(Json), null);
    private readonly ApiReply _xml = new(Operation.ListRepoTag.Name, 200, "text/xml", Encoding.UTF8.GetBytes(Xml()), null);
    private readonly IReadOnlyList<ImageTag> _tags;

    /// <summary>Decodes the page whose names are added.</summary>
    public TagPieces() => _tags = Decode(_json).Rows;

    private static string Json => PageBody.Of(1, 100, 1_000_000, 0, 100);

    /// <summary>Signs by version 3.</summary>
    [Benchmark(Description = "sign a request, version 3")]
    public object SignV3()
    {
        using var signed = _acs3.Sign(s_request, s_credential, SignedRequest.NewNonce(), DateTimeOffset.UtcNow);
        return signed.StringToSign;
    }

    /// <summary>Signs by version 1.</summary>
    [Benchmark(Description = "sign a request, version 1")]
    public object SignV1()
    {
        using var signed = _rpcV1.Sign(s_request, s_credential, SignedRequest.NewNonce(), DateTimeOffset.UtcNow);
        return signed.StringToSign;
    }

    /// <summary>Decodes JSON.</summary>
    [Benchmark(Description = "decode a page of 100, JSON")]
    public object DecodeJson() => Decode(_json);

    /// <summary>Decodes XML.</summary>
    [Benchmark(Description = "decode a page of 100, XML")]
    public object DecodeXml() => Decode(_xml);

    /// <summary>Adds the names of a page to an empty set.</summary>
    [Benchmark(Description = "add 100 names to the set of known names")]
    public object AddNames()
    {
        var known = new SeenKeys();
        known.Add([.. _tags.Select(tag => known.HashOf(tag.Tag))]);
        return known;
    }

    private static Page<ImageTag> Decode(ApiReply reply) => ReplyDecoder.DecodePage(
        reply, ReplyJson.Default.ListRepoTagReply, nameof(ListRepoTagReply.Images), static list => list.Images, s_tags.Read, 1, 100);

    private static Tags NewTags() => RepositoryReference.TryParseId(RepoId, out var repository)
        ? new Tags(new RepositoryScope(new InstanceScope(Worker.InstanceId, null), repository))
        : throw new InvalidOperationException($"'{RepoId}' is not an ID.");

    /// <summary>Returns the same page in the service's XML, in which each row is a repeated element.</summary>
    private static string Xml()
    {
        using var json = JsonDocument.Parse(Json);
        return new XElement("ListRepoTagResponse", json.RootElement.EnumerateObject().SelectMany(field => field.Value.ValueKind == JsonValueKind.Array
            ? field.Value.EnumerateArray().Select(row => new XElement(field.Name, row.EnumerateObject().Select(cell => new XElement(cell.Name, cell.Value.ToString()))))
            : [new XElement(field.Name, field.Value.ToString())])).ToString(SaveOptions.DisableFormatting);
    }
}
