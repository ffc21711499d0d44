using System.Management.Automation;
using CrRegistry.Client.Paging;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Cmdlets.RepoTags;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the images in a repository: the API's ListRepoTag, and GetRepoTag for single names.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepoTag", DefaultParameterSetName = RepositorySet, SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listrepotag")]
[OutputType(typeof(ImageTag), typeof(ulong))]
public sealed class GetCrRepoTagCommand : ListCmdlet
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";

    /// <summary>The tags of the command line, which hold for all input.</summary>
    private string[]? _givenTags;

    /// <summary>Makes the cmdlet.</summary>
    public GetCrRepoTagCommand()
        : base("tags")
    {
    }

    /// <summary>The repository: <c>namespace/name</c>, or its ID (<c>crr-…</c>).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = RepositorySet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [NameArgument(AcceptsPipelineObjects = true)]
    public string[] Repository { get; set; } = [];

    /// <summary>The ID of the repository, <c>crr-…</c>: binds to the property of that name of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoId { get; set; }

    /// <summary>The instance that holds the repository, <c>cri-…</c>; the context's by default.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance; the context's by default.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    /// <summary>The namespace of the repository that -RepoId names, to be written on the tags: binds to the property of a piped repository or tag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository that -RepoId names, to be written on the tags: binds to the property of a piped repository or tag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoName { get; set; }

    /// <summary>Names of tags, or wildcards; exact names if they come from the pipeline, by the property Tag. Case counts, as it does in tags.</summary>
    [Parameter(Position = 1, ParameterSetName = RepositorySet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [NameArgument]
    public string[]? Tag { get; set; }

    private protected override bool IsChosenByName => PipedTags.Length > 0 || _givenTags is not null;

    private protected override string ChoosingParameters => " or -Tag";

    /// <summary>The tags of the current input. An empty property counts as not given.</summary>
    private string[] PipedTags => _givenTags is null && Tag is not null ? [.. Tag.Where(tag => !string.IsNullOrEmpty(tag))] : [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsBound(nameof(Tag))) _givenTags = Tag ?? [];
        CheckList(InstanceId, RegionId);
        if (TagNames.ProblemOf(_givenTags) is { } problem) Terminate(problem);
        if (IsBound(nameof(Repository)) || IsBound(nameof(RepoId))) ReadRepositories(Terminate);
        if (!MyInvocation.ExpectingInput) ReadService(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // What is wrong with an item of the pipeline is that item's own affair.
        var repositories = ReadRepositories(WriteErrorInTurn);
        if (repositories.Count == 0 || ReadService(InstanceId, RegionId, WriteErrorInTurn) is not { } service || WantsNothing) return;
        // The command line was checked before.
        if (PageNo > 0 && IsChosenByName)
        {
            WriteErrorInTurn(AmbiguousPaging);
            return;
        }

        var region = EffectiveRegion(RegionId);
        foreach (var repository in repositories)
        {
            // Of a piped repository the user knows the name, and seldom the ID.
            var name = ParameterSetName == RepoIdSet && NullIfEmpty(RepoNamespaceName) is not null ? TagFormat.Repository(RepoNamespaceName, RepoName, repository) : repository;
            QueueList(name, TagRequests.NewWork(
                Session, service.Endpoint, service.InstanceId, region, repository, NullIfEmpty(RepoNamespaceName), NullIfEmpty(RepoName), _givenTags, PipedTags, Pages));
        }
    }

    private protected override void Receive(object subject, object message)
    {
        if (message is TagNotFound missing)
        {
            WriteError(FailureRecord.OfMissingTag(subject, missing.Tag));
            return;
        }

        var (input, page) = ((ListInput)subject, (Page<ImageTag>)message);
        BeginPage(input, page.TotalCount);
        foreach (var tag in page.Rows)
        {
            Warnings.Note(tag, input);
            WriteRow(tag);
        }

        EndPage(input, page.Rows.Count, page.TotalCount, page.PageSize, page.MayBeFollowed);
    }

    private List<string> ReadRepositories(Action<ErrorRecord> refuse)
    {
        var byId = ParameterSetName == RepoIdSet;
        var valid = new List<string>();
        foreach (var repository in byId ? [RepoId ?? string.Empty] : Repository is { Length: > 0 } ? Repository : [string.Empty])
        {
            if (TagRequests.ProblemOf(repository, byId) is { } problem) refuse(problem);
            else valid.Add(repository);
        }

        return valid;
    }
}
