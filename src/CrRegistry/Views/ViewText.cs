using System.Management.Automation;

namespace CrRegistry;

/// <summary>
/// Returns the hidden members that the views show: readable units, and text that is safe to display.
/// Views do not use script blocks, because Constrained Language Mode blocks them. Each method also accepts a deserialized object.
/// </summary>
public static class ViewText
{
    /// <summary>The properties with the ages of tags, the newest first.</summary>
    private static readonly string[] s_ages =
    [
        nameof(MeasuredRepository.AgeUnder1Day), nameof(MeasuredRepository.Age1To7Days), nameof(MeasuredRepository.Age7To30Days),
        nameof(MeasuredRepository.Age30To90Days), nameof(MeasuredRepository.Age90To180Days), nameof(MeasuredRepository.Age180To365Days),
        nameof(MeasuredRepository.AgeOver365Days),
    ];

    /// <summary>Returns the repository of a tag or of a repository.</summary>
    /// <param name="item">The tag or the repository.</param>
    /// <returns><c>namespace/name</c>, or the ID.</returns>
    public static string Repository(PSObject item) =>
        SafeText.Of(TagFormat.Repository(Value<string>(item, "RepoNamespaceName"), Value<string>(item, "RepoName"), Value<string>(item, "RepoId")));

    /// <summary>Returns the size of an image.</summary>
    /// <param name="item">The tag.</param>
    /// <returns>For example <c>25.9 MB</c>.</returns>
    public static string ImageSize(PSObject item) => TagFormat.Size(Value<long?>(item, "ImageSize"));

    /// <summary>Returns the time since the image was updated.</summary>
    /// <param name="item">The tag.</param>
    /// <returns>For example <c>12 days</c>.</returns>
    public static string ImageUpdate(PSObject item) => TagFormat.Age(Value<DateTime?>(item, "ImageUpdate"));

    /// <summary>Returns the time since the repository was modified.</summary>
    /// <param name="item">The repository.</param>
    /// <returns>For example <c>12 days</c>.</returns>
    public static string ModifiedTime(PSObject item) => TagFormat.Age(Value<DateTime?>(item, "ModifiedTime"));

    /// <summary>Returns the size of all images of a repository.</summary>
    /// <param name="item">The measured repository.</param>
    /// <returns>For example <c>25.9 MB</c>.</returns>
    public static string Size(PSObject item) => TagFormat.Size(Value<long?>(item, "Size"));

    /// <summary>Returns the time since the latest update of a repository's tags.</summary>
    /// <param name="item">The measured repository.</param>
    /// <returns>For example <c>12 days</c>; empty if no tag has a time.</returns>
    public static string Newest(PSObject item) => Value<DateTime?>(item, "Newest") is { } time ? TagFormat.Age(time) : string.Empty;

    /// <summary>Returns the ages of a repository's tags as a sparkline, the newest first.</summary>
    /// <param name="item">The measured repository.</param>
    /// <returns>For example <c>▁▃█▂▁▁▁</c>; empty if the repository could not be read.</returns>
    public static string Ages(PSObject item)
    {
        var counts = Array.ConvertAll(s_ages, age => Value<long?>(item, age));
        return Array.TrueForAll(counts, count => count >= 0) ? TagFormat.Sparkline(Array.ConvertAll(counts, count => count!.Value)) : string.Empty;
    }

    /// <summary>Returns the repository, and the problem if it could not be read.</summary>
    /// <param name="item">The measured repository.</param>
    /// <returns><c>namespace/name</c> or the ID, with the problem.</returns>
    public static string Measured(PSObject item) => Problem(item) is { } problem ? $"{Repository(item)}: {problem}" : Repository(item);

    /// <summary>Returns the reason why a repository could not be read.</summary>
    /// <param name="item">The measured repository.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? Problem(PSObject item) => Text(item, "Problem");

    /// <summary>Returns the first characters of the digest.</summary>
    /// <param name="item">The tag.</param>
    /// <returns>Its first 12 characters.</returns>
    public static string ShortDigest(PSObject item) => SafeText.Of(TagFormat.ShortDigest(Value<string>(item, "Digest")));

    /// <summary>Returns the name of the tag.</summary>
    public static string? Tag(PSObject item) => Text(item, "Tag");

    /// <summary>Returns the digest.</summary>
    public static string? Digest(PSObject item) => Text(item, "Digest");

    /// <summary>Returns the ID of the image.</summary>
    public static string? ImageId(PSObject item) => Text(item, "ImageId");

    /// <summary>Returns the status of the image.</summary>
    public static string? Status(PSObject item) => Text(item, "Status");

    /// <summary>Returns the verdict on the tag.</summary>
    /// <param name="item">The evaluated tag.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? Verdict(PSObject item) => Text(item, "Verdict");

    /// <summary>Returns the reason for the verdict.</summary>
    /// <param name="item">The evaluated tag.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? Reason(PSObject item) => Text(item, "Reason");

    /// <summary>Returns the result of the removal of the tag.</summary>
    /// <param name="item">The removed tag.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? Result(PSObject item) => Text(item, "Result");

    /// <summary>Returns the ID of the request.</summary>
    /// <param name="item">The removed tag.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? RequestId(PSObject item) => Text(item, "RequestId");

    /// <summary>Returns the scan engine.</summary>
    public static string? ScanService(PSObject item) => Text(item, "ScanService");

    /// <summary>Returns the name of the vulnerability.</summary>
    public static string? CveName(PSObject item) => Text(item, "CveName");

    /// <summary>Returns the address of a page about the vulnerability.</summary>
    public static string? CveLink(PSObject item) => Text(item, "CveLink");

    /// <summary>Returns the file that has the vulnerability.</summary>
    public static string? CveLocation(PSObject item) => Text(item, "CveLocation");

    /// <summary>Returns the severity of the vulnerability.</summary>
    public static string? Severity(PSObject item) => Text(item, "Severity");

    /// <summary>Returns the type of the scan.</summary>
    public static string? ScanType(PSObject item) => Text(item, "ScanType");

    /// <summary>Returns the package that has the vulnerability.</summary>
    public static string? Feature(PSObject item) => Text(item, "Feature");

    /// <summary>Returns the version of the package.</summary>
    public static string? Version(PSObject item) => Text(item, "Version");

    /// <summary>Returns the version in which the vulnerability is fixed.</summary>
    public static string? VersionFixed(PSObject item) => Text(item, "VersionFixed");

    /// <summary>Returns the format of the versions.</summary>
    public static string? VersionFormat(PSObject item) => Text(item, "VersionFormat");

    /// <summary>Returns the digest of the layer that contains the package.</summary>
    public static string? AddedBy(PSObject item) => Text(item, "AddedBy");

    /// <summary>Returns the description of the vulnerability.</summary>
    public static string? Description(PSObject item) => Text(item, "Description");

    /// <summary>Returns the command that fixes the vulnerability.</summary>
    public static string? FixCmd(PSObject item) => Text(item, "FixCmd");

    /// <summary>Returns the title of the vulnerability.</summary>
    public static string? AliasName(PSObject item) => Text(item, "AliasName");

    /// <summary>Returns the scanned image of a vulnerability.</summary>
    /// <param name="item">The vulnerability.</param>
    /// <returns><c>namespace/name:tag</c>, or the ID of the repository and the tag.</returns>
    public static string Image(PSObject item) => $"{Repository(item)}:{Tag(item)}";

    /// <summary>Returns the ID of the instance.</summary>
    public static string? InstanceId(PSObject item) => Text(item, "InstanceId");

    /// <summary>Returns the ID of the region.</summary>
    public static string? RegionId(PSObject item) => Text(item, "RegionId");

    /// <summary>Returns the ID of the repository.</summary>
    public static string? RepoId(PSObject item) => Text(item, "RepoId");

    /// <summary>Returns the status of the repository.</summary>
    public static string? RepoStatus(PSObject item) => Text(item, "RepoStatus");

    /// <summary>Returns the type of the repository.</summary>
    public static string? RepoType(PSObject item) => Text(item, "RepoType");

    /// <summary>Returns the build type of images of the repository.</summary>
    public static string? RepoBuildType(PSObject item) => Text(item, "RepoBuildType");

    /// <summary>Returns the summary of the repository.</summary>
    public static string? Summary(PSObject item) => Text(item, "Summary");

    /// <summary>Returns the description of the repository.</summary>
    public static string? Detail(PSObject item) => Text(item, "Detail");

    /// <summary>Returns the ID of the resource group.</summary>
    public static string? ResourceGroupId(PSObject item) => Text(item, "ResourceGroupId");

    /// <summary>Returns the name of the namespace.</summary>
    public static string? NamespaceName(PSObject item) => Text(item, "NamespaceName");

    /// <summary>Returns the ID of the namespace.</summary>
    public static string? NamespaceId(PSObject item) => Text(item, "NamespaceId");

    /// <summary>Returns the status of the namespace.</summary>
    public static string? NamespaceStatus(PSObject item) => Text(item, "NamespaceStatus");

    /// <summary>Returns the type of new repositories of the namespace.</summary>
    public static string? DefaultRepoType(PSObject item) => Text(item, "DefaultRepoType");

    /// <summary>Returns the name of the instance.</summary>
    public static string? InstanceName(PSObject item) => Text(item, "InstanceName");

    /// <summary>Returns the status of the instance.</summary>
    public static string? InstanceStatus(PSObject item) => Text(item, "InstanceStatus");

    /// <summary>Returns the edition of the instance.</summary>
    public static string? InstanceSpecification(PSObject item) => Text(item, "InstanceSpecification");

    /// <summary>Returns the domain of the registry.</summary>
    /// <param name="item">The login token.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? Server(PSObject item) => Text(item, "Server");

    /// <summary>Returns the user name of the login.</summary>
    /// <param name="item">The login token.</param>
    /// <returns>The text, safe to display.</returns>
    public static string? UserName(PSObject item) => Text(item, "UserName");

    /// <summary>Returns the time until the token expires.</summary>
    /// <param name="item">The login token.</param>
    /// <returns>For example <c>59 minutes</c>.</returns>
    public static string TimeLeft(PSObject item) => TagFormat.TimeLeft(Value<DateTime?>(item, "ExpireTime"));

    /// <summary>Returns the reason why the instance does not work.</summary>
    public static string? InstanceIssue(PSObject item) => Text(item, "InstanceIssue");

    /// <summary>Returns the edition of the instance in short form.</summary>
    /// <param name="item">The instance.</param>
    /// <returns>For example <c>Basic</c>.</returns>
    public static string? Edition(PSObject item)
    {
        const string prefix = "Enterprise_";
        return InstanceSpecification(item) is { } text && text.StartsWith(prefix, StringComparison.Ordinal) ? text.Substring(prefix.Length) : InstanceSpecification(item);
    }

    /// <summary>Returns the name of a connection.</summary>
    /// <param name="item">The context.</param>
    /// <returns>The ID of the instance, or else the region or the endpoint.</returns>
    public static string Context(PSObject item) =>
        Text(item, "InstanceId") ?? Text(item, "RegionId") ?? SafeText.Of(item.Properties["Endpoint"]?.Value?.ToString() ?? "no instance");

    /// <summary>Returns all properties of an object of Invoke-CrApi.</summary>
    /// <param name="item">The object.</param>
    /// <returns>A line for each property, safe to display.</returns>
    public static string Fields(PSObject item)
    {
        PSPropertyInfo[] properties = [.. item.Properties];
        var width = properties.Length == 0 ? 0 : properties.Max(property => SafeText.Of(property.Name).Length);
        return string.Join("\n", properties.Select(property => $"{SafeText.Of(property.Name).PadRight(width)} : {Shown(property.Value)}"));
    }

    /// <summary>Returns a value of an object of Invoke-CrApi, on one line.</summary>
    private static string Shown(object? value)
    {
        const int longest = 1000;
        var text = SafeText.Beginning(Text(value) ?? string.Empty, longest, out var isCut);
        return isCut ? text + "…" : text;

        static string? Text(object? value) => value switch
        {
            null => null,
            object?[] items => $"[{string.Join(", ", items.Select(item => Text(item)))}]",
            PSObject fields => $"{{{string.Join(", ", fields.Properties.Select(field => $"{field.Name}: {Text(field.Value)}"))}}}",
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static string? Text(PSObject item, string property) => Value<string>(item, property) is { } text ? SafeText.Of(text) : null;

    private static T? Value<T>(PSObject item, string property) => item.Properties[property]?.Value is { } value && (value is PSObject wrapped ? wrapped.BaseObject : value) is T found ? found : default;
}
