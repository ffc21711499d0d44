using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Starts scans of tags: the API's CreateRepoTagScanTask.</summary>
[Cmdlet(VerbsLifecycle.Start, "CrRepoTagScan", DefaultParameterSetName = RepositorySet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-createrepotagscantask")]
[OutputType(typeof(TagScan))]
public sealed class StartCrRepoTagScanCommand : ChangeCmdlet<TagScan>
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";

    private const int ActivityId = 1;

    private int _ended;

    /// <summary>Initializes the cmdlet.</summary>
    public StartCrRepoTagScanCommand()
        : base("Starting scans")
    {
    }

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

    /// <summary>The scan engine: <c>ACR_SCAN_SERVICE</c>, or <c>SAS_SCAN_SERVICE</c>, which is paid. The default is that of the service.</summary>
    [Parameter]
    [NameArgument]
    [ValidateSet("ACR_SCAN_SERVICE", "SAS_SCAN_SERVICE")]
    public string? ScanService { get; set; }

    /// <summary>Waits until the scans have ended. A scan that fails is an error.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest time to wait for each scan, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSeconds { get; set; } = 1_800;

    private protected override void BeginInput()
    {
        RejectEmpty(InstanceId, RegionId);
        if (IsSpecified(nameof(TimeoutSeconds)) && !Wait) Terminate(FailureRecord.OfArgument("-TimeoutSeconds has no effect without -Wait. Specify -Wait.", "WaitMissing", TimeoutSeconds));
        RejectTags(Tag, ParseRepositories, InstanceId, RegionId);
    }

    private protected override void AddInput()
    {
        foreach (var (endpoint, repository, tag) in FindTags(Tag, ParseRepositories, InstanceId, RegionId)) Add(endpoint, repository, tag);
    }

    private protected override string NotReturned(TagScan? result) => "The scan was started, or was already running, when the command stopped.";

    private protected override void JobEnded()
    {
        if (!Wait)
        {
            base.JobEnded();
            return;
        }

        _ended++;
        ShowProgress();
    }

    private protected override void Summarize()
    {
        base.Summarize();
        if (_ended > 0) ShowProgress(ProgressRecordType.Completed);
    }

    private void Add(Uri endpoint, RepositoryScope repository, string tag)
    {
        var name = $"{repository.Repository.FullName}:{tag}";
        TimeSpan? timeout = Wait ? TimeSpan.FromSeconds(TimeoutSeconds) : null;
        Collect($"{name} of instance '{repository.Instance.InstanceId}'", "Start scan", () =>
        {
            ShowProgress();
            Jobs.Add(
                new JobInput(name),
                Session.Connection.Change(endpoint, new ScanStart(repository, tag, ScanService, timeout, PassThru), Order));
        });
    }

    /// <summary>A scan takes longer than a second, so that its progress is shown at once, and not when the first scan has ended.</summary>
    private void ShowProgress(ProgressRecordType type = ProgressRecordType.Processing)
    {
        if (!Wait) return;
        WriteProgress(new ProgressRecord(ActivityId, "Waiting for scans", $"Ended: {_ended} of {Total}") { RecordType = type, PercentComplete = 100 * _ended / Total });
    }

    private List<RepositoryReference> ParseRepositories(Action<ErrorRecord> reject) => ParameterSetName == RepoIdSet
        ? RepositoryArgument.ParseId(RepoId, RepoNamespaceName, RepoName, reject)
        : RepositoryArgument.ParseAll(Repository, reject);
}
