using System.Security.Cryptography;

namespace CrRegistry.Emulator.Identity;

/// <summary>A key that the emulator accepts.</summary>
/// <param name="Id">The ID.</param>
/// <param name="Secret">The secret for signatures.</param>
/// <param name="Token">The security token that each request must contain; null for a permanent key.</param>
/// <param name="Expiration">The time at which it expires; null for a permanent key.</param>
internal sealed record AccessKey(string Id, string Secret, string? Token = null, DateTimeOffset? Expiration = null)
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Generated at each start, so that it is not worth storing, and cannot be mistaken for a key of the service.
    public static string NewId() => "EMULATOR" + RandomText(16);

    public static string NewSecret() => RandomText(30);

    public static AccessKey NewTemporary(DateTimeOffset expiration) => new("STS." + NewId(), NewSecret(), RandomText(60), expiration);

    public static string RandomText(int length) => RandomNumberGenerator.GetString(Characters, length);
}
