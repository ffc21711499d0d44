using System.Management.Automation;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Returns the latest scan of tags: the API's GetRepoTagScanStatus and GetRepoTagScanSummary.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepoTagScan", DefaultParameterSetName = RepositorySet, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-getrepotagscanstatus")]
[OutputType(typeof(TagScan))]
public sealed class GetCrRepoTagScanCommand : ServiceCmdlet
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";

    /// <summary>The repository: <c>namespace/name</c>, or its ID (<c>crr-…</c>).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = RepositorySet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [NameArgument(AcceptsLists = true, AcceptsPipelineObjects = true)]
    public string[] Repository { get; set; } = [];

    /// <summary>The ID of the repository, <c>crr-…</c>. It binds to this property of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoId { get; set; }

    /// <summary>The exact names of tags. It binds to the property Tag of a piped object with a RepoId.</summary>
    /// <remarks>It is not mandatory in the default set, or PowerShell would prompt for it before an object is piped.</remarks>
    [Parameter(Position = 1, ParameterSetName = RepositorySet)]
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ExactTagCompleter))]
    [NameArgument(AcceptsLists = true)]
    public string[]? Tag { get; set; }

    /// <summary>The instance of the repository, <c>cri-…</c>. The default is that of the context.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance. The default is that of the context.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    /// <summary>The namespace of the repository for the output. It binds to this property of a piped repository or tag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository for the output. It binds to this property of a piped repository or tag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoName { get; set; }

    private protected override void BeginInput()
    {
        RejectEmpty(InstanceId, RegionId);
        RejectTags(Tag, ParseRepositories, InstanceId, RegionId);
    }

    private protected override void AddInput()
    {
        foreach (var (endpoint, repository, tag) in FindTags(Tag, ParseRepositories, InstanceId, RegionId))
            Jobs.Add(new JobInput($"{repository.Repository.FullName}:{tag}"), Session.Connection.Scan(endpoint, repository, tag, IsSpecified(nameof(Tag))));
    }

    private protected override void Receive(JobInput input, JobMessage message)
    {
        if (message is RowFound<TagScan> found) WriteObject(found.Row);
    }

    private List<RepositoryReference> ParseRepositories(Action<ErrorRecord> reject) => ParameterSetName == RepoIdSet
        ? RepositoryArgument.ParseId(RepoId, RepoNamespaceName, RepoName, reject)
        : RepositoryArgument.ParseAll(Repository, reject);
}
