using System.Globalization;
using System.Management.Automation;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>The tags that the pipeline contains: those of a listing, and copies of them from a job, a remote session or a file.</summary>
internal static class TagInput
{
    /// <summary>Returns the error of an object; null if it is a tag of a known repository.</summary>
    /// <param name="item">The object.</param>
    /// <param name="tag">The tag.</param>
    public static ErrorRecord? Parse(PSObject item, out ImageTag tag)
    {
        tag = item.BaseObject as ImageTag ?? new ImageTag();
        if (item.BaseObject is PSCustomObject && ReadCopy(item, tag) is { } problem) return problem;
        if (string.IsNullOrEmpty(tag.Tag))
            return Invalid($"'{TextOf(item)}' is not a tag. Use the output of 'Get-CrRepoTag -All'.", item);
        if (string.IsNullOrEmpty(tag.RepoId)) return Missing(tag, nameof(tag.RepoId));
        return string.IsNullOrEmpty(tag.InstanceId) ? Missing(tag, nameof(tag.InstanceId)) : null;
    }

    private static ErrorRecord? ReadCopy(PSObject item, ImageTag tag)
    {
        tag.Tag = Text(item, nameof(tag.Tag)) ?? string.Empty;
        tag.Digest = Text(item, nameof(tag.Digest));
        tag.ImageId = Text(item, nameof(tag.ImageId));
        tag.Status = Text(item, nameof(tag.Status));
        tag.InstanceId = Text(item, nameof(tag.InstanceId));
        tag.RegionId = Text(item, nameof(tag.RegionId));
        tag.RepoId = Text(item, nameof(tag.RepoId));
        tag.RepoNamespaceName = Text(item, nameof(tag.RepoNamespaceName));
        tag.RepoName = Text(item, nameof(tag.RepoName));
        if (LanguagePrimitives.TryConvertTo(Value(item, nameof(tag.ImageSize)), CultureInfo.InvariantCulture, out long? size)) tag.ImageSize = size;
        tag.ImageCreate = Value(item, nameof(tag.ImageCreate)) as DateTime?;
        tag.ImageUpdate = Value(item, nameof(tag.ImageUpdate)) as DateTime?;

        return Value(item, nameof(tag.ImageUpdate)) switch
        {
            DateTime { Kind: DateTimeKind.Unspecified } => Invalid($"The tag '{tag.Tag}' has an ImageUpdate without an offset. Use Export-Clixml instead of Export-Csv.", item),
            null or DateTime => null,
            // Export-Csv writes a time in the format of the culture and without its offset.
            string => Invalid($"The tag '{tag.Tag}' has an ImageUpdate that is text, not a time. Use Export-Clixml instead of Export-Csv.", item),
            _ => Invalid($"The tag '{tag.Tag}' has an ImageUpdate that is not a time. Use the output of 'Get-CrRepoTag -All'.", item),
        };
    }

    /// <summary>Returns the text of a property; null if it is missing or is not text.</summary>
    public static string? Text(PSObject item, string property) => Value(item, property) as string;

    /// <summary>Returns the value of a property; null if it is missing.</summary>
    public static object? Value(PSObject item, string property) => item.Properties[property]?.Value is { } value ? value is PSObject wrapped ? wrapped.BaseObject : value : null;

    private static string TextOf(PSObject item) => Convert.ToString(item.BaseObject is PSCustomObject ? item : item.BaseObject, CultureInfo.InvariantCulture) ?? string.Empty;

    private static ErrorRecord Missing(ImageTag tag, string property) =>
        Invalid($"The tag '{tag.Tag}' has no {property}. Use the output of 'Get-CrRepoTag -All'.", tag);

    private static ErrorRecord Invalid(string message, object target) => FailureRecord.OfArgument(message, "InputInvalid", target);
}
