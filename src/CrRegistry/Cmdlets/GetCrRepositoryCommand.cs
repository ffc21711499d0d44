using System.Management.Automation;
using CrRegistry.Client.Paging;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Cmdlets.Repositories;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the repositories of an instance: the API's ListRepository, and GetRepository for single ones.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepository", DefaultParameterSetName = NameSet, SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listrepository")]
[OutputType(typeof(Repository), typeof(ulong))]
public sealed class GetCrRepositoryCommand : ListCmdlet
{
    private const string NameSet = "Name";
    private const string RepoIdSet = "RepoId";

    /// <summary>What stands for all single look-ups together.</summary>
    private readonly ListInput _lookUps = new(string.Empty, IsChosenByName: true);

    private long _found;

    /// <summary>Makes the cmdlet.</summary>
    public GetCrRepositoryCommand()
        : base("repositories")
    {
    }

    /// <summary>Repositories: <c>namespace/name</c>, a name in any namespace or in -Namespace, wildcards, or an ID (<c>crr-…</c>). Case counts.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [NameArgument(AcceptsPipelineObjects = true)]
    public string[]? Name { get; set; }

    /// <summary>The namespace of the repositories: its exact name.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [NameArgument]
    public string? Namespace { get; set; }

    /// <summary>The ID of a repository, <c>crr-…</c>: binds to the property of that name of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoId { get; set; }

    /// <summary>The instance that holds the repositories, <c>cri-…</c>; the context's by default.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance; the context's by default.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    private protected override bool IsChosenByName => Namespace is not null || AreNamesGiven;

    private protected override string ChoosingParameters => ", -Name, -Namespace or -RepoId";

    private bool AreNamesGiven => ParameterSetName == RepoIdSet || IsBound(nameof(Name)) || MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        CheckList(InstanceId, RegionId);
        if (RepositoryRequests.ProblemOfNamespace(Namespace) is { } problem) Terminate(problem);
        if (IsBound(nameof(Name)) || IsBound(nameof(RepoId))) ReadNames(Terminate);
        if (!MyInvocation.ExpectingInput) ReadService(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // What is wrong with an item of the pipeline is that item's own affair.
        var names = AreNamesGiven ? ReadNames(WriteErrorInTurn) : null;
        if (names?.Length == 0 || ReadService(InstanceId, RegionId, WriteErrorInTurn) is not { } service || WantsNothing) return;
        foreach (var (subject, work) in RepositoryRequests.NewWork(Session, service.Endpoint, service.InstanceId, EffectiveRegion(RegionId), Namespace, names, Pages))
            QueueList(subject, work);
    }

    private protected override void Receive(object subject, object message)
    {
        switch (message)
        {
            case Repository repository:
                BeginPage(_lookUps, null);
                if (Pages is var part && _found++ >= part.Skip && !(_found - part.Skip > part.First)) WriteRow(repository);
                break;
            case RepositoryNotFound missing:
                WriteError(FailureRecord.OfMissingRepository(subject, missing.Name));
                break;
            default:
                var page = (Page<Repository>)message;
                var input = (ListInput)subject;
                BeginPage(input, page.TotalCount);
                foreach (var row in page.Rows) WriteRow(row);
                EndPage(input, page.Rows.Count, page.TotalCount, page.PageSize, page.MayBeFollowed);
                break;
        }
    }

    private string[] ReadNames(Action<ErrorRecord> refuse)
    {
        var valid = new List<string>();
        var byId = ParameterSetName == RepoIdSet;
        foreach (var name in byId ? [RepoId] : Name is { Length: > 0 } given ? given : new string?[] { null })
        {
            if ((byId ? RepositoryRequests.ProblemOfId(name) : RepositoryRequests.ProblemOfName(name, Namespace)) is { } problem) refuse(problem);
            else valid.Add(name!);
        }

        return [.. valid];
    }
}
