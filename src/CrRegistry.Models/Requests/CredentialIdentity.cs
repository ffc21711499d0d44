namespace CrRegistry.Requests;

/// <summary>The public part of the credential that signs the requests of a connection.</summary>
/// <param name="Origin">The source of the credential, for example <c>profile 'a' in '/home/me/.aliyun/config.json'</c>.</param>
/// <param name="AccessKeyId">The AccessKey ID.</param>
/// <param name="Expiration">The time at which a temporary credential expires; null if it does not expire, or if the time is unknown.</param>
/// <param name="PassedOver">Other configured sources that were not used because this one takes precedence.</param>
internal sealed record CredentialIdentity(string Origin, string AccessKeyId, DateTimeOffset? Expiration, IReadOnlyList<string> PassedOver);
