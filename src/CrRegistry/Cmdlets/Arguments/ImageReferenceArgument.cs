using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Retention;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>The references of images in use. A container platform prints one in a line, or all in one line.</summary>
internal static class ImageReferenceArgument
{
    private static readonly char[] s_separators = [' ', '\t', '\r', '\n', ','];

    /// <summary>Returns the references of a text.</summary>
    public static string[] Split(string? text) => (text ?? string.Empty).Split(s_separators, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Parses references. Returns the first error; null if all are valid.</summary>
    /// <param name="texts">The references. Each text may have several.</param>
    /// <param name="references">The references.</param>
    public static ErrorRecord? Parse(string?[]? texts, out List<ImageReference> references)
    {
        references = [];
        foreach (var text in (texts ?? []).SelectMany(Split))
        {
            if (!ImageReference.TryParse(text, out var reference))
                return FailureRecord.OfArgument($"'{text}' is not an image reference. Specify 'host/namespace/name:tag' or 'host/namespace/name@sha256:…'.", "InUseInvalid", text);
            references.Add(reference);
        }

        // The command that lists what runs may have failed.
        return references.Count > 0 ? null : FailureRecord.OfArgument("-InUse is empty. Specify at least one image reference, or omit it.", "InUseMissing", null);
    }
}
