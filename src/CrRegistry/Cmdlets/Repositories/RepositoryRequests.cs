using System.Management.Automation;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Work;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Repositories;

/// <summary>
/// Turns what a user gave into work of the client. It stands beside the cmdlet, whose own members may not name the client's types:
/// PowerShell reads those when the module is imported, and must not load the client for it.
/// </summary>
internal static class RepositoryRequests
{
    /// <summary>What is wrong with the name of a namespace; null where nothing is.</summary>
    public static ErrorRecord? ProblemOfNamespace(string? namespaceName) =>
        namespaceName is null || RepositoryReference.IsNamespace(namespaceName)
            ? null
            : FailureRecord.OfArgument($"'{namespaceName}' is not the name of a namespace. Specify one name. Use wildcards with -Name, as in 'team-*/*'.", "NamespaceInvalid", namespaceName);

    /// <summary>What is wrong with the ID of a repository; null where nothing is.</summary>
    public static ErrorRecord? ProblemOfId(string? repoId) => RepositoryReference.TryParseId(repoId, out _)
        ? null
        : string.IsNullOrEmpty(repoId)
            ? FailureRecord.OfArgument("The RepoId is empty. Specify the ID of a repository, 'crr-…', or use -Name.", "RepoIdMissing", repoId)
            : FailureRecord.OfArgument($"'{repoId}' is not the ID of a repository. Specify the ID of a repository, 'crr-…', or use -Name.", "RepositoryInvalid", repoId);

    /// <summary>What is wrong with a name or a wildcard; null where nothing is.</summary>
    /// <param name="name">What -Name was given.</param>
    /// <param name="namespaceName">The namespace that the name is in; null where it may be in any.</param>
    public static ErrorRecord? ProblemOfName(string? name, string? namespaceName)
    {
        const string valid = "Specify 'namespace/name', a name, wildcards, or the ID of a repository, 'crr-…'. An object binds by its property RepoId.";
        if (string.IsNullOrEmpty(name)) return FailureRecord.OfArgument($"The Name is empty. {valid}", "NameMissing", name);
        if (WildcardPattern.ContainsWildcardCharacters(name)) return WildcardArgument.ProblemOf(name!);
        return RepositoryReference.IsName(name!) || (namespaceName is null && RepositoryReference.TryParse(name, out _))
            ? null
            : FailureRecord.OfArgument($"'{name}' is not the name of a repository. {valid}", "RepositoryInvalid", name);
    }

    /// <summary>The work of finding what names and a namespace choose, each with what it is for: the name of one repository, or else the instance.</summary>
    public static IEnumerable<(string Subject, IWork Work)> NewWork(
        CrContext context, Uri endpoint, string instanceId, string? regionId, string? namespaceName, string[]? names, PageChoice pages)
    {
        var query = new RepositoryQuery
        {
            InstanceId = instanceId,
            RegionId = regionId,
            Selection = PageSelection.Of(pages),
            NamespaceName = namespaceName,
            ExactNames = RepositoryNames.Exact(names, namespaceName),
            Match = RepositoryNames.Rule(names, namespaceName),
        };
        return query.LookUps is { } lookUps
            ? lookUps.Select(repository => (repository.ToString(), context.Connection.GetRepository(endpoint, instanceId, regionId, repository)))
            : [(instanceId, context.Connection.ListRepositories(endpoint, query))];
    }
}
