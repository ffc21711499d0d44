using System.Diagnostics.CodeAnalysis;

namespace CrRegistry.Requests;

/// <summary>A repository as a user specifies it: <c>namespace/name</c>, or its ID. With an ID, the names may be known too.</summary>
internal sealed record RepositoryReference
{
    /// <summary>The suffix of the hosts of images. A host is part of an image's address, not of a repository's name.</summary>
    private const string RegistryHostSuffix = ".aliyuncs.com";

    private RepositoryReference()
    {
    }

    /// <summary>The ID, <c>crr-…</c>; null if it is not known.</summary>
    public string? Id { get; init; }

    /// <summary>The namespace; null if it is not known.</summary>
    public string? NamespaceName { get; init; }

    /// <summary>The name without its namespace; null if it is not known.</summary>
    public string? Name { get; init; }

    /// <summary>The tag of an image reference; null if the user specified a repository only.</summary>
    public string? Tag { get; init; }

    /// <summary>The digest of an image reference, without its algorithm; null if the user specified none.</summary>
    public string? Digest { get; init; }

    /// <summary>Parses the text that a user specified.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The repository.</param>
    /// <returns>False if the text is neither an ID nor <c>namespace/name</c>.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryReference? reference)
    {
        if (TryParseId(text, out reference)) return true;

        // A name may contain slashes; a namespace may not.
        var slash = text?.IndexOf('/') ?? -1;
        if (slash < 0) return false;
        var (namespaceName, name) = (text!.Substring(0, slash), text.Substring(slash + 1));
        if (Identifier.IsNamespace(namespaceName) && Identifier.IsRepositoryName(name) && !namespaceName.EndsWith(RegistryHostSuffix, StringComparison.Ordinal))
            reference = new RepositoryReference { NamespaceName = namespaceName, Name = name };
        return reference is not null;
    }

    /// <summary>Parses an ID.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The repository.</param>
    /// <returns>False if the text is not the ID of a repository.</returns>
    public static bool TryParseId(string? text, [NotNullWhen(true)] out RepositoryReference? reference)
    {
        reference = text is not null && Identifier.IsRepositoryId(text) ? new RepositoryReference { Id = text } : null;
        return reference is not null;
    }

    /// <summary>The name with its namespace; the ID if they are not known.</summary>
    public string FullName => NamespaceName is null || Name is null ? Id! : $"{NamespaceName}/{Name}";

    /// <summary>Returns the ID if it is known, or else <c>namespace/name</c>.</summary>
    public override string ToString() => Id ?? $"{NamespaceName}/{Name}";
}
