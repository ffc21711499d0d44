using System.Text.RegularExpressions;
using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Signatures;

/// <summary>The parts of a V3 <c>Authorization</c> header.</summary>
internal sealed partial record AcsV3Authorization(string AccessKeyId, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public static AcsV3Authorization Parse(string? header)
    {
        Match match = Form().Match(header ?? "");
        return match.Success
            ? new(match.Groups["key"].Value, match.Groups["headers"].Value.Split(';'), match.Groups["signature"].Value)
            : throw ApiFault.BadRequest(
                "IncompleteSignature",
                $"The Authorization header must have the form '{AcsV3Signature.Algorithm} Credential=<key id>,SignedHeaders=<a;b>,Signature=<hex>'.");
    }

    [GeneratedRegex("^" + AcsV3Signature.Algorithm + " Credential=(?<key>[^,]+),SignedHeaders=(?<headers>[^,]+),Signature=(?<signature>[0-9a-f]+)$")]
    private static partial Regex Form();
}
