using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Retention;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the images in a repository: the API's ListRepoTag, and GetRepoTag for single names.</summary>
[Cmdlet(VerbsCommon.Get, "CrRepoTag", DefaultParameterSetName = RepositorySet, SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listrepotag")]
[OutputType(typeof(ImageTag), typeof(ulong))]
public sealed class GetCrRepoTagCommand : ListCmdlet<ImageTag>
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";

    /// <summary>The tags on the command line, which apply to all input.</summary>
    private string[]? _specifiedTags;

    /// <summary>The repositories of the current input, or the one whose job is created.</summary>
    private List<RepositoryReference> _repositories = [];

    /// <summary>Initializes the cmdlet.</summary>
    public GetCrRepoTagCommand()
        : base("tags")
    {
    }

    /// <summary>The repository: <c>namespace/name</c>, an image reference (<c>host/namespace/name:tag</c>), or its ID (<c>crr-…</c>).</summary>
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

    /// <summary>Names of tags, or wildcards. Values of the property Tag of piped objects are exact names. Names are case-sensitive.</summary>
    [Parameter(Position = 1, ParameterSetName = RepositorySet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    [NameArgument(AcceptsLists = true)]
    public string[]? Tag { get; set; }

    private protected override bool IsChosenByName => PipedTags.Length > 0 || _specifiedTags is not null || _repositories.Exists(image => TagArgument.Filter(image) is not null);

    private protected override string[] ChoosingParameters => ["-Tag"];

    /// <summary>The tags of the current input. An empty property counts as not specified.</summary>
    private string[] PipedTags => _specifiedTags is null && Tag is not null ? [.. Tag.Where(tag => !string.IsNullOrEmpty(tag))] : [];

    private protected override void BeginInput()
    {
        if (IsSpecified(nameof(Tag))) _specifiedTags = Tag ?? [];
        RejectEmpty(InstanceId, RegionId);
        if (TagArgument.Validate(_specifiedTags) is { } problem) Terminate(problem);
        if (IsSpecified(nameof(Repository)) || IsSpecified(nameof(RepoId))) _repositories = ParseRepositories(_ => { }, Terminate);
        ValidatePaging();
        if (!MyInvocation.ExpectingInput) FindInstance(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        _repositories = ParseRepositories(WriteVerbose, WriteErrorInTurn);
        if (_repositories.Count == 0 || FindInstance(InstanceId, RegionId, WriteErrorInTurn) is not { } instance || !NeedsRequest()) return;
        foreach (var repository in _repositories.ToArray())
        {
            // One of them may have a tag, and the next one not.
            _repositories = [repository];
            var tags = new Tags(new RepositoryScope(instance.Scope, repository));
            var filter = TagArgument.Filter(repository) ?? TagArgument.Filter(_specifiedTags, PipedTags);
            foreach (var (_, job) in Session.Connection.List(instance.Endpoint, tags, Range, filter)) Jobs.Add(Input(NameOf(repository)) with { Target = repository.ToString() }, job);
        }
    }

    private protected override void NoteRow(ImageTag row, JobInput input) => Warnings.Note(row, input);

    private protected override ErrorRecord NotFound(JobInput input, string name) => ImageDigest.TryParse(name, out _) && name.Contains(':')
        ? FailureRecord.OfMissingDigest(input.Name, name)
        : FailureRecord.OfMissingTag(input.Name, name);

    /// <summary>Returns the name of a repository for messages: the full name if it is known, or else the ID.</summary>
    private static string NameOf(RepositoryReference repository) =>
        repository.NamespaceName is null ? repository.ToString() : TagFormat.Repository(repository.NamespaceName, repository.Name, repository.Id);

    private List<RepositoryReference> ParseRepositories(Action<string> note, Action<ErrorRecord> reject)
    {
        if (ParameterSetName == RepoIdSet) return RepositoryArgument.ParseId(RepoId, RepoNamespaceName, RepoName, reject);
        // Container platforms print several images in one line. A null item binds as no array.
        var texts = IsSpecified(nameof(Repository)) ? Repository : [.. (Repository ?? []).SelectMany(SplitImages)];
        var valid = new List<RepositoryReference>();
        foreach (var image in RepositoryArgument.ParseImages(texts, EffectiveRegion(RegionId), note, reject))
        {
            if (TagArgument.ValidateReference(_specifiedTags, image) is { } problem) reject(problem);
            else valid.Add(image);
        }

        return valid;
    }

    /// <summary>Returns the images of a line, or a line that is something else unchanged, for its error. Images of Docker Hub may have no slash.</summary>
    private static IEnumerable<string> SplitImages(string text)
    {
        var images = ImageReferenceArgument.Split(text);
        return images.Length > 1 && (Array.TrueForAll(images, static image => image.Contains('/')) || Array.Exists(images, HasHost)) ? images : [text];

        static bool HasHost(string image) => ImageReference.TryParse(image, out var reference) && reference.Host is not null;
    }
}
