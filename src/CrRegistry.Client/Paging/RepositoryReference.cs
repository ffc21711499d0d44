using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace CrRegistry.Client.Paging;

/// <summary>How a user names a repository: <c>namespace/name</c>, or its ID.</summary>
public sealed class RepositoryReference
{
    private static readonly Regex s_id = new(@"\Acrr-[a-z0-9-]+\z", RegexOptions.CultureInvariant);

    private const string NamespacePattern = "[a-z0-9]+([._-]+[a-z0-9]+)*";

    // The name may hold slashes; a namespace may not.
    private const string NamePattern = "[a-z0-9]+([._/-]+[a-z0-9]+)*";

    private static readonly Regex s_namespace = new($@"\A{NamespacePattern}\z", RegexOptions.CultureInvariant);
    private static readonly Regex s_name = new($@"\A{NamePattern}\z", RegexOptions.CultureInvariant);
    private static readonly Regex s_fullName = new($@"\A(?<namespace>{NamespacePattern})/(?<name>{NamePattern})\z", RegexOptions.CultureInvariant);

    /// <summary>Where images are pulled from: part of an image's address, not of a repository's name.</summary>
    private const string RegistryHostSuffix = ".aliyuncs.com";

    private RepositoryReference(string? id, string? namespaceName, string? name)
    {
        Id = id;
        NamespaceName = namespaceName;
        Name = name;
    }

    internal string? Id { get; }

    internal string? NamespaceName { get; }

    internal string? Name { get; }

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The repository.</param>
    /// <returns>False if the text is neither form.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryReference? reference)
    {
        reference = null;
        if (text is null) return false;
        if (s_id.IsMatch(text)) reference = new RepositoryReference(text, null, null);
        else if (s_fullName.Match(text) is { Success: true } match && !match.Groups["namespace"].Value.EndsWith(RegistryHostSuffix, StringComparison.Ordinal)) reference = new RepositoryReference(null, match.Groups["namespace"].Value, match.Groups["name"].Value);
        return reference is not null;
    }

    /// <summary>Reads an ID.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The repository.</param>
    /// <returns>False if the text is no ID of a repository.</returns>
    public static bool TryParseId(string? text, [NotNullWhen(true)] out RepositoryReference? reference) =>
        TryParse(text, out reference) && reference.Id is not null;

    /// <summary>Whether a text has the form of a namespace's name.</summary>
    /// <param name="text">The text, for example <c>team</c>.</param>
    /// <returns>True if it has.</returns>
    public static bool IsNamespace(string text) => s_namespace.IsMatch(text);

    /// <summary>Whether a text has the form of a repository's own name, without its namespace.</summary>
    /// <param name="text">The text, for example <c>app</c>.</param>
    /// <returns>True if it has.</returns>
    public static bool IsName(string text) => s_name.IsMatch(text);

    /// <summary>What the user wrote.</summary>
    /// <returns>The ID, or <c>namespace/name</c>.</returns>
    public override string ToString() => Id ?? $"{NamespaceName}/{Name}";
}
