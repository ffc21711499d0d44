using System.Security.Cryptography;

namespace CrRegistry.Emulator.Signatures;

/// <summary>The one key that the emulator knows.</summary>
internal sealed record AccessKey(string Id, string Secret)
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Made anew at each start, so that none is ever worth writing down, nor taken for one of the service's.
    public static string NewId() => "EMULATOR" + RandomNumberGenerator.GetString(Characters, 16);

    public static string NewSecret() => RandomNumberGenerator.GetString(Characters, 30);
}
