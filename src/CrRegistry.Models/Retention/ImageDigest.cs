using System.Diagnostics.CodeAnalysis;

namespace CrRegistry.Retention;

/// <summary>The forms in which the digest of an image is written.</summary>
internal static class ImageDigest
{
    public const string Algorithm = "sha256:";

    private const int Length = 64;
    private const string AttachedPrefix = "sha256-";

    /// <summary>The ends of tags that are attached to an image: a signature, an attestation, a bill of materials, an OpenVEX document, a Sigstore bundle, and a list of referrers.</summary>
    private static readonly string[] s_attachedSuffixes = [".sig", ".att", ".sbom", ".vex", ".bundle", ""];

    /// <summary>Parses a digest with or without its algorithm.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? digest)
    {
        var rest = WithoutAlgorithm(text);
        digest = rest.Length == Length && rest.All(IsHexadecimal) ? rest : null;
        return digest is not null;
    }

    /// <summary>Returns a digest without its algorithm.</summary>
    public static string WithoutAlgorithm(string digest) =>
        digest.StartsWith(Algorithm, StringComparison.OrdinalIgnoreCase) ? digest.Substring(Algorithm.Length) : digest;

    /// <summary>Returns the digest of the image that a tag is attached to, by the names that cosign and the OCI specification define; null for other tags.</summary>
    public static string? ImageOf(string tag)
    {
        var end = AttachedPrefix.Length + Length;
        if (tag.Length < end || !tag.StartsWith(AttachedPrefix, StringComparison.Ordinal)) return null;
        for (var place = AttachedPrefix.Length; place < end; place++)
            if (!IsHexadecimal(tag[place])) return null;
        return Array.Exists(s_attachedSuffixes, suffix => string.CompareOrdinal(tag, end, suffix, 0, tag.Length) == 0) ? tag.Substring(AttachedPrefix.Length, Length) : null;
    }

    /// <summary>True for a hexadecimal digit.</summary>
    public static bool IsHexadecimal(char character) => character is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
