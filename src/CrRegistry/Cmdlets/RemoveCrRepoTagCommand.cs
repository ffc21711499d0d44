using System.Globalization;
using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Retention;

namespace CrRegistry.Cmdlets;

/// <summary>Removes tags that are still those that were listed: the API's DeleteRepoTag, after GetRepoTag.</summary>
[Cmdlet(VerbsCommon.Remove, "CrRepoTag", DefaultParameterSetName = InputSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-deleterepotag")]
[OutputType(typeof(RemovedTag))]
public sealed class RemoveCrRepoTagCommand : ChangeCmdlet<RemovedTag>
{
    private const string InputSet = "InputObject";
    private const string RepositorySet = "Repository";

    private readonly Dictionary<string, int> _counts = new() { [RemovedTag.Removed] = 0, [RemovedTag.AlreadyGone] = 0, [RemovedTag.Changed] = 0, [RemovedTag.Failed] = 0 };
    private readonly HashSet<(string InstanceId, string RepoId, string Tag, string Digest)> _collected = [];

    /// <summary>The listings of the input, each with the name of a repository.</summary>
    private readonly Dictionary<ListingOrigin, string> _listings = [];

    /// <summary>Initializes the cmdlet.</summary>
    public RemoveCrRepoTagCommand()
        : base("Removing tags")
    {
    }

    /// <summary>The tags: the output of Get-CrRepoTag or Select-CrStaleTag, or rows with the same properties.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The repository: <c>namespace/name</c>, or its ID (<c>crr-…</c>).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RepositorySet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [NameArgument(AcceptsLists = true)]
    public string[] Repository { get; set; } = [];

    /// <summary>The exact names of tags.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RepositorySet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ExactTagCompleter))]
    [NameArgument(AcceptsLists = true)]
    public string[]? Tag { get; set; }

    /// <summary>The instance that has the repository, <c>cri-…</c>. The default is that of the input, or else that of the context.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance. The default is that of the input, or else that of the context.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    private protected override void BeginInput()
    {
        RejectEmpty(InstanceId, RegionId);
        if (ParameterSetName != RepositorySet) return;
        if (TagArgument.ValidateExact(Tag) is { } problem) Terminate(problem);
        RepositoryArgument.ParseAll(Repository, Terminate);
        FindInstance(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        if (ParameterSetName == RepositorySet)
        {
            foreach (var repository in RepositoryArgument.ParseAll(Repository, Terminate))
                foreach (var tag in Tag!) Add(FindInstance(InstanceId, RegionId, Terminate)!.Value, repository, tag, null);
        }
        else if (InputObject!.BaseObject is not ImageTag && LanguagePrimitives.GetEnumerable(InputObject) is { } items)
        {
            foreach (var item in items) Add(PSObject.AsPSObject(item));
        }
        else
        {
            Add(InputObject);
        }
    }

    private protected override void ValidateChanges()
    {
        foreach (var (origin, name) in _listings.Select(pair => (pair.Key, pair.Value)))
        {
            if (origin.State == ListingState.Failed)
                Terminate(FailureRecord.OfArgument($"The listing of '{name}' failed before all tags were read, so no tag was removed. Run the command again with the output of 'Get-CrRepoTag {name} -All'.", "InputIncomplete", name));
            if (origin.State == ListingState.Running)
                Terminate(FailureRecord.OfArgument($"The listing of '{name}' has not ended, so no tag was removed. Pipe its tags to Remove-CrRepoTag directly, or store them in a variable first.", "InputIncomplete", name));
        }
    }

    private protected override void NoteResult(RemovedTag result) => _counts[result.Result]++;

    private protected override string? NotReturned(RemovedTag? result) => result?.Result == RemovedTag.Removed ? "The tag was removed before the command stopped." : null;

    private protected override void Summarize()
    {
        base.Summarize();
        if (_counts.Values.Sum() > 0)
            WriteVerbose($"Removed: {_counts[RemovedTag.Removed]}, already gone: {_counts[RemovedTag.AlreadyGone]}, changed: {_counts[RemovedTag.Changed]}, failed: {_counts[RemovedTag.Failed]}.");
    }

    private void Add(PSObject item)
    {
        var typed = item.BaseObject as ImageTag;
        var tag = typed?.Tag ?? TagInput.Text(item, nameof(Tag));
        if (typed?.Origin is { } origin && !_listings.ContainsKey(origin)) _listings[origin] = TagFormat.Repository(typed.RepoNamespaceName, typed.RepoName, typed.RepoId);
        // A forgotten filter after -Explain would remove every tag.
        if (string.Equals(TagInput.Text(item, nameof(EvaluatedTag.Verdict)), EvaluatedTag.Kept, StringComparison.OrdinalIgnoreCase))
            Terminate(FailureRecord.OfArgument($"The tag '{tag}' has the verdict 'Kept', so no tag was removed. Omit -Explain of Select-CrStaleTag, or use 'Where-Object Verdict -EQ Stale'.", "TagKept", tag));
        if (TagArgument.ValidateExact(tag, nameof(Tag)) is { } problem)
        {
            WriteErrorInTurn(problem);
            return;
        }

        var repositories = RepositoryArgument.ParseId(
            TagInput.Text(item, nameof(ImageTag.RepoId)), TagInput.Text(item, nameof(ImageTag.RepoNamespaceName)), TagInput.Text(item, nameof(ImageTag.RepoName)), WriteErrorInTurn);
        if (repositories.Count == 0 || ReadState(item, tag!) is not { } listed) return;
        var instanceId = IsSpecified(nameof(InstanceId)) ? InstanceId : TagInput.Text(item, nameof(InstanceId));
        var regionId = IsSpecified(nameof(RegionId)) ? RegionId : TagInput.Text(item, nameof(RegionId));
        if (FindInstance(instanceId, regionId, WriteErrorInTurn) is { } instance) Add(instance, repositories[0], tag!, listed);
    }

    private void Add((Uri Endpoint, InstanceScope Scope) instance, RepositoryReference repository, string tag, ListedTag? listed)
    {
        if (!_collected.Add((instance.Scope.InstanceId, repository.ToString(), tag, listed?.Digest?.ToUpperInvariant() ?? string.Empty))) return;
        var name = $"{repository.FullName}:{tag}";
        Collect($"{name} of instance '{instance.Scope.InstanceId}'", "Remove tag", () => Jobs.Add(
            new JobInput(name),
            Session.Connection.Change(instance.Endpoint, new TagRemoval(new RepositoryScope(instance.Scope, repository), tag, listed), Order)));
    }

    /// <summary>Reads the state that the tag had when it was listed. Writes an error if the state cannot be checked.</summary>
    private ListedTag? ReadState(PSObject item, string tag)
    {
        var digest = TagInput.Text(item, nameof(ImageTag.Digest));
        if (string.IsNullOrEmpty(digest)) return Reject("has no Digest", "DigestMissing");
        var listed = new ListedTag(ImageDigest.WithoutAlgorithm(digest!), null);
        if (item.Properties[nameof(ImageTag.ImageUpdate)] is null) return listed;
        switch (TagInput.Value(item, nameof(ImageTag.ImageUpdate)))
        {
            case DateTime time: return listed with { ImageUpdate = time };
            case DateTimeOffset time: return listed with { ImageUpdate = time.LocalDateTime };
            case null or "": return Reject("has no ImageUpdate", "ImageUpdateMissing");
            case string text when DateTimeOffset.TryParseExact(text, "o", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time): return listed with { ImageUpdate = time.LocalDateTime };
            case string text when DateTime.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.None, out var time): return listed with { ImageUpdate = time, IsLocalText = true };
            default: return Reject("has an ImageUpdate that is not a time", "ImageUpdateInvalid");
        }

        ListedTag? Reject(string problem, string id)
        {
            WriteErrorInTurn(FailureRecord.OfArgument($"The tag '{tag}' {problem}, so it cannot be checked and was not removed. Use the output of Get-CrRepoTag, or specify the tag with -Repository and -Tag.", id, tag));
            return null;
        }
    }
}
