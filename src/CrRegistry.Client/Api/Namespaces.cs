using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The namespaces of an instance: ListNamespace and GetNamespace.</summary>
/// <param name="instance">The instance.</param>
/// <param name="nameFilter">The name that the service compares in a way that is not documented; null for no filter.</param>
internal sealed class Namespaces(InstanceScope instance, string? nameFilter = null) : Resource<Namespace>
{
    /// <summary>The service returns no time of a namespace.</summary>
    public static RowKind<Namespace> Rows { get; } = new(Operation.ListNamespace.Name, "namespaces", row => row.NamespaceName, _ => null);

    public override RowKind<Namespace> Kind => Rows;

    /// <summary>True, because a RAM policy may allow some namespaces only.</summary>
    public override bool HasSeparateLookups => true;

    public override Task<Page<Namespace>> GetPageAsync(ApiTransport transport, int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string> { ["InstanceId"] = instance.InstanceId };
        if (nameFilter is not null) parameters.Add("NamespaceName", nameFilter);
        return ListAsync(
            transport, Operation.ListNamespace, parameters, pageNo, pageSize,
            ReplyJson.Default.ListNamespaceReply, nameof(ListNamespaceReply.Namespaces), static reply => reply.Namespaces, Read, cancellationToken);
    }

    public override Task<Namespace> GetAsync(ApiTransport transport, string name, CancellationToken cancellationToken)
    {
        var isId = Identifier.IsId(name, "crn-");
        return transport.SendAsync(
            Operation.GetNamespace,
            new Dictionary<string, string> { ["InstanceId"] = instance.InstanceId, [isId ? "NamespaceId" : "NamespaceName"] = name },
            reply =>
            {
                var row = ReplyDecoder.DecodeRow(reply, ReplyJson.Default.NamespaceFields, Read);
                return (isId ? row.NamespaceId : row.NamespaceName) == name
                    ? row
                    : throw ReplyDecoder.Invalid(reply, $"it is about namespace '{row.NamespaceId}' ('{row.NamespaceName}') instead of '{name}'");
            },
            cancellationToken);
    }

    public override IEnumerable<string> NameKeysOf(Namespace row) => row.NamespaceId is { } id ? [id, row.NamespaceName] : [row.NamespaceName];

    /// <exception cref="UnreadableBodyException">The namespace has no name.</exception>
    private Namespace Read(NamespaceFields? fields)
    {
        if (fields?.NamespaceName is not { Length: > 0 } name) throw new UnreadableBodyException("has no NamespaceName");
        var configuration = fields.DefaultRepoConfiguration;
        return new Namespace
        {
            NamespaceId = ReplyDecoder.Text(fields.NamespaceId) ?? ReplyDecoder.Text(fields.NamespcaeId),
            NamespaceName = name,
            NamespaceStatus = ReplyDecoder.Text(fields.NamespaceStatus),
            AutoCreateRepo = bool.TryParse(fields.AutoCreateRepo, out var autoCreate) ? autoCreate : null,
            // The SDK marks DefaultRepoType as deprecated.
            DefaultRepoType = ReplyDecoder.Text(configuration?.RepoType) ?? ReplyDecoder.Text(fields.DefaultRepoType),
            DefaultTagImmutability = bool.TryParse(configuration?.TagImmutability, out var immutable) ? immutable : null,
            InstanceId = instance.InstanceId,
            RegionId = instance.RegionId,
            ResourceGroupId = ReplyDecoder.Text(fields.ResourceGroupId),
        };
    }
}

internal sealed class ListNamespaceReply : ListReply
{
    public List<NamespaceFields?>? Namespaces { get; set => field = Once(value, 7); }
}

/// <summary>The fields of a namespace: a row of ListNamespace, or the whole reply of GetNamespace.</summary>
internal sealed class NamespaceFields : Envelope
{
    public string? NamespaceId { get; set => field = Once(value, 5); }

    /// <summary>The ID, as the documented XML of GetNamespace spells it.</summary>
    public string? NamespcaeId { get; set => field = Once(value, 6); }

    public string? NamespaceName { get; set => field = Once(value, 7); }

    public string? NamespaceStatus { get; set => field = Once(value, 8); }

    public string? AutoCreateRepo { get; set => field = Once(value, 9); }

    public string? DefaultRepoType { get; set => field = Once(value, 10); }

    public DefaultRepoFields? DefaultRepoConfiguration { get; set => field = Once(value, 11); }

    public string? ResourceGroupId { get; set => field = Once(value, 12); }
}

/// <summary>The settings of repositories that a push creates.</summary>
internal sealed class DefaultRepoFields
{
    public string? RepoType { get; set; }

    public string? TagImmutability { get; set; }
}
