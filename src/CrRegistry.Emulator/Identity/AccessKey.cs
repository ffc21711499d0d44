using System.Security.Cryptography;

namespace CrRegistry.Emulator.Identity;

/// <summary>A key that the emulator knows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">What is signed with.</param>
/// <param name="Token">What must come with each request; null for a lasting key.</param>
/// <param name="Expiration">When it ends; null for a lasting key.</param>
internal sealed record AccessKey(string Id, string Secret, string? Token = null, DateTimeOffset? Expiration = null)
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Made anew at each start, so that none is ever worth writing down, nor taken for one of the service's.
    public static string NewId() => "EMULATOR" + RandomText(16);

    public static string NewSecret() => RandomText(30);

    public static AccessKey NewTemporary(DateTimeOffset expiration) => new("STS." + NewId(), NewSecret(), RandomText(60), expiration);

    public static string RandomText(int length) => RandomNumberGenerator.GetString(Characters, length);
}
