using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the repositories of an instance: the API's ListRepository, and GetRepository for single ones.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepository", DefaultParameterSetName = NameSet, SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listrepository")]
[OutputType(typeof(Repository), typeof(ulong))]
public sealed class GetCrRepositoryCommand : ListCmdlet<Repository>
{
    private const string NameSet = "Name";
    private const string RepoIdSet = "RepoId";

    /// <summary>Initializes the cmdlet.</summary>
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

    private protected override void BeginInput()
    {
        ValidatePaging(InstanceId, RegionId);
        if (RepositoryArgument.ValidateNamespace(Namespace) is { } problem) Terminate(problem);
        if (IsBound(nameof(Name)) || IsBound(nameof(RepoId))) ReadNames(Terminate);
        if (!MyInvocation.ExpectingInput) FindInstance(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        string[] names = AreNamesGiven ? ReadNames(WriteErrorInTurn) : [];
        if ((AreNamesGiven && names.Length == 0) || FindInstance(InstanceId, RegionId, WriteErrorInTurn) is not { } instance || WantsNothing) return;
        var repositories = new Repositories(instance.Scope, Namespace);
        foreach (var (name, job) in Session.Connection.List(instance.Endpoint, repositories, Range, RepositoryArgument.Filter(names, Namespace)))
            Jobs.Add(Input(name ?? instance.Scope.InstanceId), job);
    }

    private protected override ErrorRecord NotFound(JobInput input, string name) => FailureRecord.OfMissingRepository(input.Name, name);

    private string[] ReadNames(Action<ErrorRecord> reject)
    {
        var valid = new List<string>();
        var isId = ParameterSetName == RepoIdSet;
        foreach (var name in isId ? [RepoId] : Name is { Length: > 0 } given ? given : new string?[] { null })
        {
            var error = isId ? RepositoryArgument.ParseId(name, "-Name", out _) : RepositoryArgument.ValidateName(name, Namespace);
            if (error is not null) reject(error);
            else valid.Add(name!);
        }

        return [.. valid];
    }
}
