namespace CrRegistry.Client.Signing;

/// <summary>What makes one attempt unique: a nonce that is used once, and the date, which must be within 15 minutes of the service's.</summary>
internal readonly record struct RequestStamp(string Nonce, DateTimeOffset Date)
{
    public static RequestStamp New() => new(Guid.NewGuid().ToString("N"), DateTimeOffset.UtcNow);
}
