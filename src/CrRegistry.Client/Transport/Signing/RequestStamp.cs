using System.Globalization;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>The nonce of one attempt and its date, which must be within 15 minutes of the service's clock.</summary>
internal readonly record struct RequestStamp(string Nonce, DateTimeOffset Date)
{
    /// <summary>The date as both signatures write it: UTC, without a fraction.</summary>
    public string DateText => Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static RequestStamp New() => new(Guid.NewGuid().ToString("N"), DateTimeOffset.UtcNow);
}
