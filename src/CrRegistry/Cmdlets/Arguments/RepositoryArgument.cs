using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Retention;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>The repositories that a user specifies: <c>namespace/name</c>, a name, wildcards, or an ID.</summary>
internal static class RepositoryArgument
{
    /// <summary>Parses the ID of a repository. Returns the error; null if it is valid.</summary>
    /// <param name="id">The ID.</param>
    /// <param name="alternative">The parameter that accepts a name, for the error.</param>
    /// <param name="repository">The repository.</param>
    public static ErrorRecord? ParseId(string? id, string alternative, out RepositoryReference? repository)
    {
        var valid = $"Specify the ID of a repository, 'crr-…', or use {alternative}.";
        if (RepositoryReference.TryParseId(id, out repository)) return null;
        return string.IsNullOrEmpty(id)
            ? FailureRecord.OfArgument($"The RepoId is empty. {valid}", "RepoIdMissing", id)
            : FailureRecord.OfArgument($"'{id}' is not the ID of a repository. {valid}", "RepositoryInvalid", id);
    }

    /// <summary>
    /// Returns the repositories that are specified by full names or IDs. A host, a tag or a digest is an error, because a change must not be made in
    /// another registry, or of another tag, than the text contains.
    /// </summary>
    /// <param name="texts">The names and IDs.</param>
    /// <param name="reject">Writes the error of an invalid one.</param>
    public static List<RepositoryReference> ParseAll(string[] texts, Action<ErrorRecord> reject)
    {
        var repositories = new List<RepositoryReference>();
        foreach (var text in texts is { Length: > 0 } ? texts : [string.Empty])
        {
            if (IsRepository(text, out var repository)) repositories.Add(repository!);
            else Reject(text, "Specify 'namespace/name' without a host or a tag, or the ID of a repository, 'crr-…'. An object binds by its property RepoId.", reject);
        }

        return repositories;
    }

    /// <summary>Returns the repositories that are specified by full names, IDs or image references, with the tags and the digests of the references.</summary>
    /// <param name="texts">The names, the IDs and the references.</param>
    /// <param name="regionId">The region of the request; null if only an endpoint is known.</param>
    /// <param name="note">Writes a remark on a host.</param>
    /// <param name="reject">Writes the error of an invalid one.</param>
    public static List<RepositoryReference> ParseImages(string[] texts, string? regionId, Action<string> note, Action<ErrorRecord> reject)
    {
        var repositories = new List<RepositoryReference>();
        foreach (var text in texts is { Length: > 0 } ? texts : [string.Empty])
        {
            if (IsRepository(text, out var repository) || ParseImage(text, regionId, note, reject, out repository)) repositories.Add(repository!);
        }

        return repositories;
    }

    /// <summary>True for a full name without a host and a tag, and for an ID. A first part with a dot is a host if a namespace and a name follow it.</summary>
    private static bool IsRepository(string text, out RepositoryReference? repository) =>
        RepositoryReference.TryParse(text, out repository) && (repository.Id is not null || !ImageReference.TryParse(text, out var image) || image.Host is null || !image.Repository!.Contains('/'));

    /// <summary>Parses an image reference. Writes the error if it is not one of the service.</summary>
    private static bool ParseImage(string text, string? regionId, Action<string> note, Action<ErrorRecord> reject, out RepositoryReference? repository)
    {
        const string valid = "Specify 'namespace/name', an image reference such as 'host/namespace/name:tag', or the ID of a repository, 'crr-…'. An object binds by its property RepoId.";
        repository = null;
        // The address of a page begins like a reference with the prefix of a container runtime.
        if (text is null || (text.StartsWith("http", StringComparison.Ordinal) && text.Contains("://")) || !ImageReference.TryParse(text, out var image) || image.Repository is not { } name)
        {
            Reject(text, valid, reject);
            return false;
        }

        // A host without a namespace after it is a namespace with a dot.
        var isHost = image.Host is not null && name.Contains('/');
        if (image.IsOfOtherRegistry || (isHost && image.RegionId is null && image.HostName!.EndsWith(".aliyuncs.com", StringComparison.OrdinalIgnoreCase)))
        {
            reject(FailureRecord.OfArgument($"'{text}' is an image of the registry '{image.Host}', which does not belong to an instance. Specify images of the instance only.", "RegistryInvalid", text));
            return false;
        }

        if (isHost && regionId is not null && image.RegionId is { } other && other != regionId)
        {
            reject(FailureRecord.OfArgument($"'{text}' is an image in the region '{other}', and the command uses '{regionId}'. Use -RegionId and -InstanceId of the registry '{image.Host}'.", "RegionMismatch", text));
            return false;
        }

        if (!RepositoryReference.TryParse(isHost || image.Host is null ? name : $"{image.Host}/{name}", out repository))
        {
            Reject(text, valid, reject);
            return false;
        }

        repository = repository with { Tag = image.IsTagDefault ? null : image.Tag, Digest = image.Digest?.ToLowerInvariant() };
        if (isHost && image.RegionId is null) note($"The host '{image.Host}' is not one that the service assigns. It is treated as a custom domain of the instance.");
        return true;
    }

    private static void Reject(string? text, string valid, Action<ErrorRecord> reject) => reject(string.IsNullOrEmpty(text)
        ? FailureRecord.OfArgument($"The Repository is empty. {valid}", "RepositoryMissing", text)
        : FailureRecord.OfArgument($"'{text}' is not a repository. {valid}", "RepositoryInvalid", text));

    /// <summary>Returns the repository that is specified by its ID, and by its names if they are known.</summary>
    /// <param name="id">The ID.</param>
    /// <param name="namespaceName">The namespace; null or empty if it is not known.</param>
    /// <param name="name">The name without its namespace; null or empty if it is not known.</param>
    /// <param name="reject">Writes the error of an invalid ID.</param>
    public static List<RepositoryReference> ParseId(string? id, string? namespaceName, string? name, Action<ErrorRecord> reject)
    {
        if (ParseId(id ?? string.Empty, "-Repository 'namespace/name'", out var repository) is { } error) reject(error);
        else return [repository! with { NamespaceName = string.IsNullOrEmpty(namespaceName) ? null : namespaceName, Name = string.IsNullOrEmpty(name) ? null : name }];
        return [];
    }

    /// <summary>Returns the error of a name or a wildcard; null if it is valid.</summary>
    /// <param name="name">The name.</param>
    /// <param name="namespaceName">The namespace that it is in; null for any.</param>
    public static ErrorRecord? ValidateName(string? name, string? namespaceName)
    {
        const string valid = "Specify 'namespace/name', a name, wildcards, or the ID of a repository, 'crr-…'. An object binds by its property RepoId.";
        if (string.IsNullOrEmpty(name)) return FailureRecord.OfArgument($"The Name is empty. {valid}", "NameMissing", name);
        if (WildcardPattern.ContainsWildcardCharacters(name)) return WildcardArgument.Validate(name!);
        if (Identifier.KindOf(name!) is { } kind && kind != "a repository")
            return FailureRecord.OfArgument($"'{name}' is the ID of {kind}, not of a repository. {valid}", "RepositoryInvalid", name);
        return Identifier.IsRepositoryName(name!) || (namespaceName is null && RepositoryReference.TryParse(name, out _))
            ? null
            : FailureRecord.OfArgument($"'{name}' is not the name of a repository. {valid}", "RepositoryInvalid", name);
    }

    /// <summary>Returns the error of the name of a namespace; null if it is valid or not specified.</summary>
    public static ErrorRecord? ValidateNamespace(string? namespaceName) =>
        namespaceName is null || Identifier.IsNamespace(namespaceName)
            ? null
            : FailureRecord.OfArgument($"'{namespaceName}' is {(Identifier.KindOf(namespaceName) is { } kind ? $"the ID of {kind}, not" : "not")} the name of a namespace. Specify one name. Use wildcards with -Name, as in 'team-*/*'.", "NamespaceInvalid", namespaceName);

    /// <summary>Returns the filter for names and wildcards. A wildcard applies to the full name if it has a slash and no namespace is specified.</summary>
    public static NameFilter<Repository> Filter(string[] names, string? namespaceName)
    {
        var exact = WildcardArgument.ExactNames(names).Select(name => namespaceName is null ? name : $"{namespaceName}/{name}").Distinct(StringComparer.Ordinal);
        var fullName = WildcardArgument.Matcher(names.Where(name => IsFullName(name, namespaceName)));
        var ownName = WildcardArgument.Matcher(names.Where(name => !IsFullName(name, namespaceName)));
        return new([.. exact], fullName is null && ownName is null
            ? null
            : repository => fullName?.Invoke(repository.ToString()) == true || ownName?.Invoke(repository.RepoName) == true);
    }

    private static bool IsFullName(string name, string? namespaceName) => namespaceName is null && name.Contains('/');
}
