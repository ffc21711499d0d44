using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the repositories of an instance: the API's ListRepository, and GetRepository for single ones.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepository", DefaultParameterSetName = NameSet, SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listrepository")]
[OutputType(typeof(Repository), typeof(ulong))]
public sealed class GetCrRepositoryCommand : NamedListCmdlet<Repository>
{
    private const string NameSet = "Name";
    private const string NamespaceSet = "Namespace";
    private const string RepoIdSet = "RepoId";

    /// <summary>Initializes the cmdlet.</summary>
    public GetCrRepositoryCommand()
        : base("repositories")
    {
    }

    /// <summary>Repositories: <c>namespace/name</c>, a name in any namespace or in -Namespace, wildcards, or an ID (<c>crr-…</c>). Names are case-sensitive.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Parameter(Position = 0, ParameterSetName = NamespaceSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [NameArgument(AcceptsLists = true, AcceptsPipelineObjects = true)]
    public override string[]? Name { get; set; }

    /// <summary>The namespace of the repositories: its exact name. It binds to the property NamespaceName of a piped namespace.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NamespaceSet)]
    [Alias("NamespaceName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [NameArgument]
    public string? Namespace { get; set; }

    /// <summary>The ID of a repository, <c>crr-…</c>. It binds to this property of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoId { get; set; }

    /// <summary>The instance of the repositories, <c>cri-…</c>. The default is that of the context.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NamespaceSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public override string? InstanceId { get; set; }

    /// <summary>The region of the instance. The default is that of the context.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NamespaceSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public override string? RegionId { get; set; }

    private protected override bool IsChosenByName => Namespace is not null || SpecifiedNames is not null;

    private protected override string[] ChoosingParameters => ["-Name", "-Namespace", "-RepoId"];

    private protected override string?[]? SpecifiedNames
    {
        get
        {
            if (ParameterSetName == RepoIdSet) return [RepoId];
            if (!IsSpecified(nameof(Name)) && (!IsInputBound || IsNamespace)) return null;
            return Names;
        }
    }

    /// <summary>True if a piped object is a namespace. It binds by its properties. PowerShell also binds its text to -Name, which is ignored.</summary>
    private bool IsNamespace => !IsSpecified(nameof(Namespace)) && Namespace is not null;

    /// <summary>
    /// True if a piped object has an instance, and neither a repository nor a namespace. An object that lost a property must not stand for all
    /// repositories.
    /// </summary>
    private bool IsInstanceOnly =>
        IsInputBound && ParameterSetName != RepoIdSet && Namespace is null && !IsSpecified(nameof(InstanceId)) && NullIfEmpty(InstanceId) is not null;

    private protected override ErrorRecord? ValidateInput() => RepositoryArgument.ValidateNamespace(Namespace) ?? (IsInstanceOnly
        ? FailureRecord.OfArgument("The piped object has neither a RepoId nor a NamespaceName. Pipe an instance to Get-CrNamespace first, or use -InstanceId with -All.", "RepoIdMissing", InstanceId)
        : null);

    private protected override ErrorRecord? ValidateName(string? name) =>
        ParameterSetName == RepoIdSet ? RepositoryArgument.ParseId(name, "-Name", out _) : RepositoryArgument.ValidateName(name, Namespace);

    private protected override void AddJobs(string[] names)
    {
        if (FindInstance(InstanceId, RegionId, WriteErrorInTurn) is not { } instance || !NeedsRequest()) return;
        var list = Input(Namespace is null ? instance.Scope.InstanceId : $"{Namespace} of {instance.Scope.InstanceId}") with { Target = Namespace ?? instance.Scope.InstanceId };
        var repositories = new Repositories(instance.Scope, Namespace);
        foreach (var (name, job) in Session.Connection.List(instance.Endpoint, repositories, Range, RepositoryArgument.Filter(names, Namespace)))
            Jobs.Add(name is null ? list : Input(name), job);
    }

    private protected override ErrorRecord NotFound(JobInput input, string name) => FailureRecord.OfMissingRow(
        FailureRecord.RepositoryNotFound, Operation.ListRepository, $"No repository '{name}' was found in '{input.Name}'.", name);
}
