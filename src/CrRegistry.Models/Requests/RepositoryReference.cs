using System.Diagnostics.CodeAnalysis;

namespace CrRegistry.Requests;

/// <summary>How a user names a repository: <c>namespace/name</c>, or its ID.</summary>
internal sealed class RepositoryReference
{
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
        if (Identifier.HasPrefix(text, "crr-"))
        {
            reference = new RepositoryReference(text, null, null);
            return true;
        }

        // A name may have slashes; a namespace may not.
        var slash = text.IndexOf('/');
        if (slash < 0) return false;
        var (namespaceName, name) = (text.Substring(0, slash), text.Substring(slash + 1));
        if (IsNamespace(namespaceName) && IsName(name) && !namespaceName.EndsWith(RegistryHostSuffix, StringComparison.Ordinal))
            reference = new RepositoryReference(null, namespaceName, name);
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
    public static bool IsNamespace(string text) => Identifier.IsName(text, "._-");

    /// <summary>Whether a text has the form of a repository's own name, without its namespace.</summary>
    /// <param name="text">The text, for example <c>app</c>.</param>
    /// <returns>True if it has.</returns>
    public static bool IsName(string text) => Identifier.IsName(text, "._-/");

    /// <summary>What the user wrote.</summary>
    /// <returns>The ID, or <c>namespace/name</c>.</returns>
    public override string ToString() => Id ?? $"{NamespaceName}/{Name}";
}
