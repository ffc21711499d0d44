namespace CrRegistry;

/// <summary>
/// One instance, as the operations ListInstance and GetInstance return it (API cr 2018-12-01).
/// A field that the service omits or sends empty is <see langword="null"/>.
/// </summary>
public sealed class Instance
{
    /// <summary>The ID of the instance, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    public string InstanceId { get; set; } = string.Empty;

    /// <summary>The name of the instance.</summary>
    public string? InstanceName { get; set; }

    /// <summary>The edition: <c>Enterprise_Basic</c>, <c>Enterprise_Standard</c> or <c>Enterprise_Advanced</c>.</summary>
    public string? InstanceSpecification { get; set; }

    /// <summary>
    /// The status of the instance: <c>PENDING</c>, <c>INIT_ERROR</c>, <c>STARTING</c>, <c>RUNNING</c>, <c>STOPPING</c>, <c>STOPPED</c>,
    /// <c>DELETING</c> or <c>DELETED</c>.
    /// </summary>
    public string? InstanceStatus { get; set; }

    /// <summary>The reason why the instance does not work: a code such as <c>OSS_TOO_MANY_BUCKETS</c>, or a text that may have several lines.</summary>
    public string? InstanceIssue { get; set; }

    /// <summary>The ID of the region. GetInstance does not return it; it is then the region that was requested, or null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the resource group.</summary>
    public string? ResourceGroupId { get; set; }

    /// <summary>The time when the instance was created, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? CreateTime { get; set; }

    /// <summary>The time when the instance was last modified, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? ModifiedTime { get; set; }

    /// <summary>Returns the ID, which other commands accept.</summary>
    /// <returns><see cref="InstanceId"/>.</returns>
    public override string ToString() => InstanceId;
}
