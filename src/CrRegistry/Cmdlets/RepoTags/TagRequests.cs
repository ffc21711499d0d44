using System.Management.Automation;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Work;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.RepoTags;

/// <summary>
/// Turns what a user gave into work of the client. It stands beside the cmdlet, whose own members may not name the client's types:
/// PowerShell reads those when the module is imported, and must not load the client for it.
/// </summary>
internal static class TagRequests
{
    /// <summary>What is wrong with the name of a repository; null where nothing is.</summary>
    public static ErrorRecord? ProblemOf(string? repository, bool idOnly)
    {
        if (idOnly ? RepositoryReference.TryParseId(repository, out _) : RepositoryReference.TryParse(repository, out _)) return null;
        var valid = idOnly
            ? "Specify the ID of a repository, 'crr-…', or use -Repository 'namespace/name'."
            : "Specify 'namespace/name' without a host or a tag, or the ID of a repository, 'crr-…'. An object binds by its property RepoId.";
        return string.IsNullOrEmpty(repository)
            ? FailureRecord.OfArgument($"The {(idOnly ? "RepoId" : "Repository")} is empty. {valid}", idOnly ? "RepoIdMissing" : "RepositoryMissing", repository)
            : FailureRecord.OfArgument($"'{repository}' is not {(idOnly ? "the ID of a repository" : "a repository")}. {valid}", "RepositoryInvalid", repository);
    }

    /// <summary>The work of listing one repository, whose name has been found right.</summary>
    public static IWork NewWork(
        CrContext context, Uri endpoint, string instanceId, string? regionId, string repository, string? repoNamespaceName, string? repoName, string[]? givenTags, string[] pipedTags, PageChoice pages)
    {
        if (!RepositoryReference.TryParse(repository, out var reference)) throw new ArgumentException("It is not the name of a repository.", nameof(repository));
        return context.Connection.ListTags(endpoint, new TagQuery
        {
            InstanceId = instanceId,
            RegionId = regionId,
            Repository = reference,
            RepoNamespaceName = repoNamespaceName,
            RepoName = repoName,
            Selection = PageSelection.Of(pages),
            ExactNames = TagNames.Exact(givenTags, pipedTags),
            Match = TagNames.Wildcards(givenTags),
        });
    }
}
