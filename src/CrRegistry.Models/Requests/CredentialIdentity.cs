namespace CrRegistry.Requests;

/// <summary>The credential that a connection signs with, as far as it may be shown.</summary>
/// <param name="Origin">The place that it came from, for example <c>profile 'a' in '/home/me/.aliyun/config.json'</c>.</param>
/// <param name="AccessKeyId">The AccessKey ID.</param>
/// <param name="Expiration">The time at which a temporary credential expires; null if it does not, or if the time is unknown.</param>
/// <param name="PassedOver">Other places that are set up, and that were not asked because this one takes precedence.</param>
internal sealed record CredentialIdentity(string Origin, string AccessKeyId, DateTimeOffset? Expiration, IReadOnlyList<string> PassedOver);
