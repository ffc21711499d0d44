using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Retention;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>The tags that a user specifies: exact names, and wildcards.</summary>
internal static class TagArgument
{
    /// <summary>Returns the first error of -Tag; null if there is none. Any text may be the name of a tag.</summary>
    public static ErrorRecord? Validate(string[]? names)
    {
        if (names is not null && (names.Length == 0 || Array.Exists(names, string.IsNullOrEmpty)))
            return FailureRecord.OfArgument("The Tag is empty. Specify the name of a tag or a wildcard, or omit -Tag.", "TagMissing", null);
        return (names ?? []).Where(WildcardPattern.ContainsWildcardCharacters).Select(WildcardArgument.Validate).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Returns the error of the exact name of a tag; null if it is valid. A wildcard would be sent to the service unchanged.</summary>
    public static ErrorRecord? ValidateExact(string? name, string parameter)
    {
        if (string.IsNullOrWhiteSpace(name)) return FailureRecord.OfArgument($"The {parameter} is empty. Specify the name of a tag.", "TagMissing", name);
        return WildcardPattern.ContainsWildcardCharacters(name)
            ? FailureRecord.OfArgument($"The {parameter} '{name}' contains a wildcard character. Specify the exact name of a tag.", "TagInvalid", name)
            : null;
    }

    /// <summary>Returns the first error of the exact names of tags; null if they are valid.</summary>
    public static ErrorRecord? ValidateExact(string[]? names)
    {
        if (names is not { Length: > 0 })
            return FailureRecord.OfArgument("No tag is specified. Specify exact names with -Tag, or pipe the output of Get-CrRepoTag.", "TagMissing", null);
        if (Array.Find(names, WildcardPattern.ContainsWildcardCharacters) is { } wildcard)
            return FailureRecord.OfArgument($"The Tag '{wildcard}' contains a wildcard character. Specify exact names, or pipe the output of 'Get-CrRepoTag -Tag {wildcard}'.", "TagInvalid", wildcard);
        return names.Select(name => ValidateExact(name, "Tag")).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Returns the error of the name of a tag to create; null if it is valid. The OCI distribution specification has the rule.</summary>
    public static ErrorRecord? ValidateNew(string? name, string parameter) => ValidateExact(name, parameter) ?? (name!.Length <= 128 && name[0] is not ('.' or '-') && name.All(IsTagCharacter)
        ? null
        : FailureRecord.OfArgument($"'{name}' is not a valid {parameter}. Specify 1 to 128 letters, digits, '_', '.' or '-', and begin with a letter, a digit or '_'.", "TagInvalid", name));

    /// <summary>Returns the error of -Tag beside the tag or the digest of an image reference; null if it is the same tag, or if only one of them is specified.</summary>
    /// <param name="specified">The value of -Tag.</param>
    /// <param name="image">The repository, with the tag and the digest of the reference.</param>
    public static ErrorRecord? ValidateReference(string[]? specified, RepositoryReference image)
    {
        if (specified is null || (image.Tag is null && image.Digest is null) || (specified.Length == 1 && specified[0] == image.Tag)) return null;
        var reference = image.Tag is null ? $"the digest '{image.Digest}'" : $"the tag '{image.Tag}'";
        return FailureRecord.OfArgument($"The image reference of '{image.FullName}' contains {reference}, and -Tag specifies '{string.Join("', '", specified)}'. Omit -Tag.", "AmbiguousTag", image.FullName);
    }

    /// <summary>Returns the filter for the tag or the digest of an image reference; null if it contains neither.</summary>
    public static NameFilter<ImageTag>? Filter(RepositoryReference image) =>
        (image.Tag ?? (image.Digest is { } digest ? ImageDigest.Algorithm + digest : null)) is { } name ? new NameFilter<ImageTag>([name], null) : null;

    /// <summary>Returns the filter for the tags of the command line and those of the pipeline, which are always exact.</summary>
    public static NameFilter<ImageTag> Filter(string[]? specified, string[] piped)
    {
        var filter = WildcardArgument.Filter<ImageTag>(specified ?? [], tag => tag.Tag);
        return filter with { ExactNames = [.. filter.ExactNames.Concat(piped).Distinct(StringComparer.Ordinal)] };
    }

    private static bool IsTagCharacter(char character) => Identifier.IsLetterOrDigit(character) || character is (>= 'A' and <= 'Z') or '_' or '.' or '-';
}
