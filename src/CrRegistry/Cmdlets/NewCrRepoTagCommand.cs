using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Creates a tag for the image of another tag: the API's CreateRepoTag.</summary>
[Cmdlet(VerbsCommon.New, "CrRepoTag", DefaultParameterSetName = RepositorySet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-createrepotag")]
[OutputType(typeof(ImageTag))]
public sealed class NewCrRepoTagCommand : ChangeCmdlet<ImageTag>
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";

    /// <summary>Initializes the cmdlet.</summary>
    public NewCrRepoTagCommand()
        : base("Creating tags")
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

    /// <summary>The existing tag: its exact name. It binds to the property Tag of a piped tag.</summary>
    /// <remarks>Neither tag is mandatory in the default set, or PowerShell would prompt for it before an object is piped.</remarks>
    [Parameter(Position = 1, ParameterSetName = RepositorySet)]
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [Alias("Tag")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ExactTagCompleter))]
    [NameArgument]
    public string? FromTag { get; set; }

    /// <summary>The name of the new tag. A tag that has this name is moved to the image. It binds to the property ToTag of a piped object with a RepoId.</summary>
    [Parameter(Position = 2, ParameterSetName = RepositorySet)]
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ExactTagCompleter))]
    [NameArgument]
    public string? ToTag { get; set; }

    /// <summary>The instance that has the repository, <c>cri-…</c>; the context's by default.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
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

    /// <summary>The namespace of the repository that -RepoId specifies. It binds to this property of a piped repository or tag. Only messages use it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository that -RepoId specifies. It binds to this property of a piped repository or tag. Only messages use it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoName { get; set; }

    private protected override void BeginInput()
    {
        RejectEmpty(InstanceId, RegionId);
        if ((IsSpecified(nameof(FromTag)) || !MyInvocation.ExpectingInput) && ValidateFromTag() is { } problem) Terminate(problem);
        if ((IsSpecified(nameof(ToTag)) || !MyInvocation.ExpectingInput) && TagArgument.ValidateNew(ToTag, nameof(ToTag)) is { } newProblem) Terminate(newProblem);
        RejectRepositories(Repositories, InstanceId, RegionId);
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        if ((ValidateFromTag() ?? TagArgument.ValidateNew(ToTag, nameof(ToTag))) is { } problem)
        {
            WriteErrorInTurn(problem);
            return;
        }

        // The parameters will contain the next input.
        var (fromTag, toTag) = (FromTag!, ToTag!);
        foreach (var (endpoint, repository) in FindRepositories(Repositories, InstanceId, RegionId))
        {
            var name = $"{repository.Repository.FullName}:{toTag}";
            Collect($"{name} of instance '{repository.Instance.InstanceId}'", $"Create tag from '{fromTag}'", () => Jobs.Add(
                new JobInput(name),
                Session.Connection.Change(endpoint, new NewTag(repository, fromTag, toTag, PassThru), Order)));
        }
    }

    private ErrorRecord? ValidateFromTag() => TagArgument.ValidateExact(FromTag, nameof(FromTag))
        ?? (FromTag == ToTag ? FailureRecord.OfArgument($"FromTag and ToTag are both '{ToTag}'. Specify different tags.", "TagsEqual", ToTag) : null);

    private List<RepositoryReference> Repositories(Action<ErrorRecord> reject) => ParameterSetName == RepoIdSet
        ? RepositoryArgument.ParseId(RepoId, RepoNamespaceName, RepoName, reject)
        : RepositoryArgument.ParseAll(Repository, reject);
}
