using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The instances of a region: ListInstance and GetInstance.</summary>
/// <param name="regionId">The region that is requested; null if only an endpoint is known.</param>
internal sealed class Instances(string? regionId) : Resource<Instance>
{
    public static RowKind<Instance> Rows { get; } = new(Operation.ListInstance.Name, "instances", row => row.InstanceId, row => row.CreateTime);

    public override RowKind<Instance> Kind => Rows;

    /// <summary>True, because a RAM policy may allow some instances only.</summary>
    public override bool HasSeparateLookups => true;

    public override Task<Page<Instance>> GetPageAsync(ApiTransport transport, int pageNo, int pageSize, CancellationToken cancellationToken) => ListAsync(
        transport, Operation.ListInstance, [], pageNo, pageSize,
        ReplyJson.Default.ListInstanceReply, nameof(ListInstanceReply.Instances), static reply => reply.Instances, Read, cancellationToken);

    public override Task<Instance> GetAsync(ApiTransport transport, string name, CancellationToken cancellationToken) => transport.SendAsync(
        Operation.GetInstance,
        new Dictionary<string, string> { ["InstanceId"] = name },
        reply =>
        {
            var row = ReplyDecoder.DecodeRow(reply, ReplyJson.Default.InstanceFields, Read);
            return row.InstanceId == name ? row : throw ReplyDecoder.Invalid(reply, $"it is about instance '{row.InstanceId}' instead of '{name}'");
        },
        cancellationToken);

    /// <summary>True for an ID. GetInstance accepts nothing else.</summary>
    public override bool CanLookUp(string name) => Identifier.IsInstanceId(name);

    public override IEnumerable<string> NameKeysOf(Instance row) => row.InstanceName is { } name ? [row.InstanceId, name] : [row.InstanceId];

    /// <exception cref="UnreadableBodyException">The instance has no ID, or an invalid time.</exception>
    private Instance Read(InstanceFields? fields)
    {
        if (fields?.InstanceId is not { Length: > 0 } instanceId) throw new UnreadableBodyException("has no InstanceId");
        if (!fields.CreateTime.TryTime(out var created)) throw Unreadable(nameof(fields.CreateTime), fields.CreateTime);
        if (!fields.ModifiedTime.TryTime(out var modified)) throw Unreadable(nameof(fields.ModifiedTime), fields.ModifiedTime);
        return new Instance
        {
            InstanceId = instanceId,
            InstanceName = ReplyDecoder.Text(fields.InstanceName),
            InstanceSpecification = ReplyDecoder.Text(fields.InstanceSpecification),
            InstanceStatus = ReplyDecoder.Text(fields.InstanceStatus),
            InstanceIssue = ReplyDecoder.Text(fields.InstanceIssue),
            RegionId = ReplyDecoder.Text(fields.RegionId) ?? regionId,
            ResourceGroupId = ReplyDecoder.Text(fields.ResourceGroupId),
            CreateTime = created,
            ModifiedTime = modified,
        };

        UnreadableBodyException Unreadable(string field, NumberField value) => new($"(instance '{instanceId}') has an invalid {field} '{value}'");
    }
}

internal sealed class ListInstanceReply : ListReply
{
    public List<InstanceFields?>? Instances { get; set => field = Once(value, 7); }
}

/// <summary>The fields of an instance: a row of ListInstance, or, without RegionId, the whole reply of GetInstance.</summary>
internal sealed class InstanceFields : Envelope
{
    public string? InstanceId { get; set => field = Once(value, 5); }

    public string? InstanceName { get; set => field = Once(value, 6); }

    public string? InstanceSpecification { get; set => field = Once(value, 7); }

    public string? InstanceStatus { get; set => field = Once(value, 8); }

    public string? InstanceIssue { get; set => field = Once(value, 9); }

    public string? RegionId { get; set => field = Once(value, 10); }

    public string? ResourceGroupId { get; set => field = Once(value, 11); }

    public NumberField CreateTime { get; set => field = Once(value, 12); }

    public NumberField ModifiedTime { get; set => field = Once(value, 13); }
}
