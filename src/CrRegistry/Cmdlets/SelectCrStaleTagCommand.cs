using System.Management.Automation;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Retention;

namespace CrRegistry.Cmdlets;

/// <summary>Selects the tags that a retention rule does not keep. It sends no request and loads no dependency.</summary>
[Cmdlet(VerbsCommon.Select, "CrStaleTag", HelpUri = "https://www.alibabacloud.com/help/en/acr/product-overview/what-is-container-registry")]
[OutputType(typeof(EvaluatedTag))]
public sealed class SelectCrStaleTagCommand : PSCmdlet
{
    private readonly Dictionary<(string InstanceId, string RepoId), List<ImageTag>> _repositories = [];

    /// <summary>The repositories of which the input has fewer tags than were listed.</summary>
    private readonly List<(string Name, long Present, long Listed)> _filtered = [];
    private RetentionRule _rule = new();

    /// <summary>The repository of the last tag.</summary>
    private List<ImageTag> _current = [];

    /// <summary>The tags of one or more repositories: the output of <c>Get-CrRepoTag -All</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The number of newest tags of each repository that are not stale.</summary>
    [Parameter]
    [TagCountArgument]
    [ValidateRange(0, int.MaxValue)]
    public int KeepLatest { get; set; }

    /// <summary>The age, as a time span or as a date, from which on tags may be stale.</summary>
    [Parameter]
    [AgeArgument]
    public DateTime OlderThan { get; set; }

    /// <summary>Names of tags, or wildcards, that are kept. Names are case-sensitive.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [NameArgument(AcceptsLists = true)]
    public string[]? Protect { get; set; }

    /// <summary>Images that are kept because they are in use, as container platforms print them.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [NameArgument(AcceptsLists = true)]
    public string[]? InUse { get; set; }

    /// <summary>Returns every tag with its verdict.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!IsSpecified(nameof(KeepLatest)) && !IsSpecified(nameof(OlderThan)))
            Terminate(FailureRecord.OfArgument("No condition is specified. Specify -KeepLatest, -OlderThan, or both.", "ConditionMissing", null));
        if (IsSpecified(nameof(Protect)) && ValidateProtect() is { } problem) Terminate(problem);
        List<ImageReference>? references = null;
        if (IsSpecified(nameof(InUse)) && ImageReferenceArgument.Parse(InUse, out references) is { } invalid) Terminate(invalid);
        _rule = new RetentionRule
        {
            KeepLatest = IsSpecified(nameof(KeepLatest)) ? KeepLatest : null,
            OlderThan = IsSpecified(nameof(OlderThan)) ? OlderThan : null,
            Protect = [.. (Protect ?? []).Select(pattern => new ProtectedTags(pattern, new WildcardPattern(pattern, WildcardOptions.None).IsMatch))],
            InUse = references is null ? null : new ImagesInUse(references),
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject!.BaseObject is not ImageTag && LanguagePrimitives.GetEnumerable(InputObject) is { } items)
        {
            foreach (var item in items) Add(PSObject.AsPSObject(item));
        }
        else
        {
            Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_repositories.Values.Select(ValidateList).FirstOrDefault(problem => problem is not null) is { } incomplete) Terminate(incomplete);
        var results = _repositories.Values.Select(_rule.Evaluate).ToArray();
        Warn();
        foreach (var result in results)
        {
            for (var index = 0; index < result.Tags.Count; index++)
            {
                var isStale = result.IsStale(index);
                if (isStale || Explain) WriteObject(new EvaluatedTag(result.Tags[index], isStale, result.Reason(index)));
            }
        }
    }

    private void Add(PSObject item)
    {
        if (TagInput.Parse(item, out var tag) is { } problem) Terminate(problem);
        // Most tags follow another one of their repository, and share its strings.
        if (_current.Count == 0 || !ReferenceEquals(tag.RepoId, _current[0].RepoId) || !ReferenceEquals(tag.InstanceId, _current[0].InstanceId))
        {
            var key = (tag.InstanceId!, tag.RepoId!);
            if (!_repositories.TryGetValue(key, out var tags)) _repositories.Add(key, tags = []);
            _current = tags;
        }

        _current.Add(tag);
    }

    private ErrorRecord? ValidateProtect()
    {
        if (Protect is not { Length: > 0 } || Array.Exists(Protect, string.IsNullOrEmpty))
            return FailureRecord.OfArgument("-Protect is empty. Specify names of tags or wildcards, or omit it.", "ProtectMissing", null);
        return Protect.Select(WildcardArgument.Validate).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Returns the error of the tags of one repository; null if they may be evaluated. A tag that is not there may share its digest with one that is.</summary>
    private ErrorRecord? ValidateList(List<ImageTag> tags)
    {
        var name = TagFormat.Repository(tags[0].RepoNamespaceName, tags[0].RepoName, tags[0].RepoId);
        var advice = $"Run the command again with the output of 'Get-CrRepoTag {name} -All'.";
        var listings = CountByListing(tags);
        if (listings.Keys.Any(origin => origin.State == ListingState.Failed)) return FailureRecord.OfArgument($"The listing of '{name}' failed before all tags were read. {advice}", "InputIncomplete", name);
        if (listings.Keys.Any(origin => origin.State == ListingState.Running)) return FailureRecord.OfArgument($"The listing of '{name}' has not ended. Pipe its tags to Select-CrStaleTag directly, or store them in a variable first.", "InputIncomplete", name);
        if (listings.Keys.Any(origin => origin.State != ListingState.Whole)) return FailureRecord.OfArgument($"The tags of '{name}' are not the complete list, but a page, a range, or tags selected by name. {advice}", "InputIncomplete", name);
        if (listings.Any(listing => listing.Value < listing.Key.Rows)) _filtered.Add((name, listings.Values.Sum(), listings.Keys.Sum(origin => origin.Rows)));
        return _rule.InUse is null || tags.Exists(tag => !string.IsNullOrEmpty(tag.RepoName) && !string.IsNullOrEmpty(tag.RepoNamespaceName))
            ? null
            : FailureRecord.OfArgument($"-InUse requires RepoNamespaceName and RepoName, which the tags of '{name}' do not have. List the repository as 'namespace/name' instead of its ID.", "RepositoryNameMissing", name);
    }

    /// <summary>Returns the number of tags of each listing. Copies from a job or a file are of none.</summary>
    private static Dictionary<ListingOrigin, long> CountByListing(List<ImageTag> tags)
    {
        var counts = new Dictionary<ListingOrigin, long>();
        for (var (index, next) = (0, 0); index < tags.Count; index = next)
        {
            // Most tags follow another one of their listing.
            while (next < tags.Count && ReferenceEquals(tags[next].Origin, tags[index].Origin)) next++;
            if (tags[index].Origin is not { } origin) continue;
            counts.TryGetValue(origin, out var count);
            counts[origin] = count + next - index;
        }

        return counts;
    }

    private void Warn()
    {
        if (_repositories.Count == 0) return;
        var unmatched = _rule.Protect.Where(protect => !protect.HasMatched).Select(protect => $"'{protect.Pattern}'").ToArray();
        if (unmatched.Length > 0) WriteWarning(SafeText.Of($"{(unmatched.Length == 1 ? "This value" : "These values")} of -Protect did not match any tag: {string.Join(", ", unmatched)}. Names are case-sensitive."));
        if (_filtered.Count > 0)
        {
            var (name, present, listed) = _filtered[0];
            var others = _filtered.Count == 1 ? string.Empty : $", and is also incomplete for {_filtered.Count - 1} other {(_filtered.Count == 2 ? "repository" : "repositories")}";
            WriteWarning(SafeText.Of($"The input has only {present} of the {listed} listed tags of '{name}'{others}. -KeepLatest does not count the missing tags, and they do not keep tags with the same digest. To keep tags by name, use -Protect instead of a filter."));
        }

        if (_rule.InUse is { AnyMatched: false }) WriteWarning("No image of -InUse is in the input. Check that the references contain the registry and the repositories of the input.");
    }

    private bool IsSpecified(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Terminate(ErrorRecord error) => TerminatingError.Throw(this, error);
}
