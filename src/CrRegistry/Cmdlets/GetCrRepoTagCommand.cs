using System.Management.Automation;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Paging;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Cmdlets.RepoTags;
using CrRegistry.Completers;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the images in a repository: the API's ListRepoTag, and GetRepoTag for single names.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepoTag", DefaultParameterSetName = RepositorySet, SupportsPaging = true)]
[OutputType(typeof(ImageTag), typeof(ulong))]
public sealed class GetCrRepoTagCommand : ServiceCmdlet
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";

    private readonly ListingWarnings _warnings = new();
    private readonly ListingProgress _progress = new();
    private readonly HashSet<object> _counted = [];

    /// <summary>The repository: <c>namespace/name</c>, or its ID (<c>crr-…</c>).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = RepositorySet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] Repository { get; set; } = [];

    /// <summary>The ID of the repository, <c>crr-…</c>: binds to the property of that name of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? RepoId { get; set; }

    /// <summary>The instance that holds the repository, <c>cri-…</c>; the context's by default.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance; the context's by default.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    public string? RegionId { get; set; }

    /// <summary>Names of tags, or wildcards. Case counts, as it does in tags.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>Gives every tag of the repository, or an error.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Gives one page, as the service gives it: the number of the page, from 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int PageNo { get; set; }

    /// <summary>Tags asked for at once: 1 to 100. Without -All, -First, -Skip or -Tag it is also how many are given: 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int PageSize { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (PageNo > 0 && (All || IsBound("First") || IsBound("Skip") || Tag is not null))
            Refuse("-PageNo gives one page of the list as the service has it: it cannot go with -All, -First, -Skip or -Tag.", "AmbiguousPaging", PageNo);
        foreach (var (name, value, valid) in new[] { (nameof(InstanceId), InstanceId, "the ID of an instance, 'cri-…'"), (nameof(RegionId), RegionId, "a region ID such as 'cn-shanghai'") })
        {
            if (IsBound(name) && NullIfEmpty(value) is null) Refuse($"-{name} is empty: give {valid}, or leave it out.", name + "Missing", value);
        }

        if (IsBound(nameof(Repository)) || IsBound(nameof(RepoId))) ReadRepositories(Terminate);
        if (!MyInvocation.ExpectingInput) ReadService(Terminate);
    }

    private protected override void AddInput()
    {
        // What is wrong with an item of the pipeline is that item's own affair.
        var repositories = ReadRepositories(WriteError);
        if (repositories.Count == 0 || ReadService(WriteError) is not { } service) return;
        if (PagingParameters.First == 0 && !PagingParameters.IncludeTotalCount) return;
        foreach (var repository in repositories)
            Queue(repository, TagRequests.NewWork(Session, service.Endpoint, service.InstanceId, EffectiveRegion(RegionId), repository, Tag, Pages));
    }

    private protected override void Receive(object subject, object message)
    {
        if (message is TagNotFound missing)
        {
            WriteError(new ErrorRecord(
                new ItemNotFoundException($"The repository '{subject}' has no tag '{missing.Tag}'. Tags are case-sensitive."), "TagNotFound", ErrorCategory.ObjectNotFound, missing.Tag));
            return;
        }

        var page = (ListPage<ImageTag>)message;
        if (PagingParameters.IncludeTotalCount && _counted.Add(subject)) WriteTotalCount(page.TotalCount);
        _progress.PageBegins();
        foreach (var tag in page.Rows)
        {
            _warnings.Note(tag, subject);
            WriteObject(tag);
            Show(_progress.TagWritten());
        }

        if (IsFirstPageOnly) _warnings.NoteCut(subject, page.Rows.Count, page.TotalCount, page.PageSize);
        else Show(_progress.Next(subject, page.Rows.Count, page.TotalCount));
    }

    private protected override void WorkEnded(object subject) => Show(_progress.End());

    private void Show(ProgressRecord? progress)
    {
        if (progress is not null) WriteProgress(progress);
    }

    private protected override void Summarize()
    {
        foreach (var warning in _warnings.All()) WriteWarning(warning);
    }

    private bool IsFirstPageOnly => PageNo == 0 && !All && Tag is null && !IsBound("First") && !IsBound("Skip");

    private PageChoice Pages => new(
        PageNo > 0 ? PageNo : IsFirstPageOnly ? 1 : null,
        (long)Math.Min(PagingParameters.Skip, long.MaxValue),
        PagingParameters.First > long.MaxValue ? null : (long)PagingParameters.First,
        PageSize > 0 ? PageSize : null);

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Refuse(string message, string errorId, object? target) => Terminate(FailureRecord.OfArgument(message, errorId, target));

    private void WriteTotalCount(long? total)
    {
        // Of tags that are chosen by name only the reading of the list tells how many there are.
        var known = Tag is null && total is not null;
        WriteObject(PagingParameters.NewTotalCount(known ? (ulong)total!.Value : 0, known ? 1.0 : 0.0));
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

    private (Uri Endpoint, string InstanceId)? ReadService(Action<ErrorRecord> refuse)
    {
        var instanceId = NullIfEmpty(InstanceId) ?? Session.InstanceId;
        if (TagRequests.ProblemOfInstance(instanceId) is { } problem)
        {
            refuse(problem);
            return null;
        }

        if (FindEndpoint(EffectiveRegion(RegionId), out var noEndpoint) is { } endpoint) return (endpoint, instanceId!);
        refuse(noEndpoint!);
        return null;
    }
}
