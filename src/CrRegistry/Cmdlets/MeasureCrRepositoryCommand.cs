using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Counts the tags and images of repositories, with their size and ages: the API's ListRepoTag.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CrRepository", DefaultParameterSetName = RepositorySet, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listrepotag")]
[OutputType(typeof(MeasuredRepository))]
public sealed class MeasureCrRepositoryCommand : ServiceCmdlet
{
    private const string RepositorySet = "Repository";
    private const string RepoIdSet = "RepoId";
    private const string AllSet = "All";

    private readonly ListingProgress _repositories;
    private readonly ListingProgress _tags;
    private readonly MeasureWarnings _warnings = new();

    /// <summary>The result of the last list of repositories: its rows, and the names that it does not contain.</summary>
    private readonly List<Repository> _found = [];
    private readonly List<string> _missing = [];

    /// <summary>The time from which the ages of all repositories are counted.</summary>
    private DateTime _now;
    private int _added;

    /// <summary>Initializes the cmdlet.</summary>
    public MeasureCrRepositoryCommand()
    {
        _repositories = new ListingProgress("repositories", () => Elapsed, "Measuring repositories");
        _tags = new ListingProgress("tags", () => Elapsed);
    }

    /// <summary>Repositories: <c>namespace/name</c>, wildcards, or an ID (<c>crr-…</c>). Names are case-sensitive.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = RepositorySet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [NameArgument(AcceptsLists = true, AcceptsPipelineObjects = true)]
    public string[] Repository { get; set; } = [];

    /// <summary>Measures every repository of the instance.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The ID of the repository, <c>crr-…</c>. It binds to this property of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoId { get; set; }

    /// <summary>The instance of the repositories, <c>cri-…</c>. The default is that of the context.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance. The default is that of the context.</summary>
    [Parameter(ParameterSetName = RepositorySet)]
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    /// <summary>The namespace of the repository for the output. It binds to this property of a piped repository.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository for the output. It binds to this property of a piped repository.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = RepoIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? RepoName { get; set; }

    private protected override void BeginInput()
    {
        _now = DateTime.UtcNow;
        RejectEmpty(InstanceId, RegionId);
        if (IsSpecified(nameof(Repository)) || IsSpecified(nameof(RepoId))) Parse(Terminate);
        if (IsSpecified(nameof(All)) && !All) Terminate(FailureRecord.OfArgument("-All is $false. Specify -All, or repositories.", "RepositoryMissing", All));
        if (!MyInvocation.ExpectingInput) FindInstance(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        var (wildcards, repositories) = Parse(WriteErrorInTurn);
        if ((!All && wildcards.Length == 0 && repositories.Count == 0) || FindInstance(InstanceId, RegionId, WriteErrorInTurn) is not { } instance) return;
        if (All || wildcards.Length > 0) repositories = List(instance, [.. wildcards, .. repositories.Select(repository => repository.ToString())]);
        _added += repositories.Count;
        foreach (var repository in repositories)
        {
            var scope = new RepositoryScope(instance.Scope, repository);
            Jobs.Add(new JobInput(repository.FullName) { Target = repository.ToString() }, Session.Connection.Measure(instance.Endpoint, scope, _now));
        }
    }

    private protected override void Receive(JobInput input, JobMessage message)
    {
        switch (message)
        {
            case Page<Repository> page:
                _found.AddRange(page.Rows);
                break;
            case RowNotFound missing:
                _missing.Add(missing.Name);
                break;
            case RowsRead read:
                Show(_tags.Next(input.Name, read.Rows, read.TotalCount));
                break;
            case RepositoryMeasured measured:
                Show(_tags.End());
                _warnings.Note(measured, input.Name);
                _repositories.PageBegins();
                WriteObject(measured.Row);
                Show(_repositories.RowWritten() ?? _repositories.Next(measured.Row.InstanceId!, 1, MyInvocation.ExpectingInput ? null : _added));
                break;
        }
    }

    /// <summary>Returns the rule for a failure. No numbers are returned for an incomplete list, so that the others are valid.</summary>
    private protected override ErrorRule RuleOf(CrApiException failure)
    {
        if (failure is not IncompleteListingException list || list.Action != Operation.ListRepoTag.Name) return base.RuleOf(failure);
        return new ErrorRule(ErrorCategory.InvalidResult, ErrorScope.Item, list.IsContradiction
            ? "Run the command again. If the error occurs again although the tags do not change, the service returns wrong pages."
            : "Run the command again.");
    }

    private protected override void Summarize()
    {
        Show(_repositories.End());
        foreach (var warning in _warnings.All()) WriteWarning(warning);
    }

    /// <summary>Returns the wildcards and the repositories of the current input.</summary>
    private (string[] Wildcards, List<RepositoryReference> Repositories) Parse(Action<ErrorRecord> reject)
    {
        if (ParameterSetName == AllSet) return ([], []);
        if (ParameterSetName == RepoIdSet) return ([], RepositoryArgument.ParseId(RepoId, RepoNamespaceName, RepoName, reject));
        var texts = Repository ?? [];
        var wildcards = new List<string>();
        foreach (var wildcard in texts.Where(WildcardPattern.ContainsWildcardCharacters))
        {
            if (WildcardArgument.Validate(wildcard) is { } problem) reject(problem);
            else wildcards.Add(wildcard);
        }

        string[] names = [.. WildcardArgument.ExactNames(texts)];
        return ([.. wildcards], texts.Length > 0 && names.Length == 0 ? [] : RepositoryArgument.ParseAll(names, reject));
    }

    /// <summary>
    /// Lists the repositories of an instance. The list is read to its end first, so that an incomplete list ends with an error before any output.
    /// A name that is not in the list is looked up like one without wildcards, and has the same error.
    /// </summary>
    private List<RepositoryReference> List((Uri Endpoint, InstanceScope Scope) instance, string[] names)
    {
        _found.Clear();
        _missing.Clear();
        var filter = RepositoryArgument.Filter(names, null);
        foreach (var (_, job) in Session.Connection.List(instance.Endpoint, new Repositories(instance.Scope, null), RowRange.Range(0, null, null), filter))
            Jobs.Add(new JobInput(instance.Scope.InstanceId), job);
        Jobs.Drain();
        return [
            .. _found.SelectMany(found => RepositoryArgument.ParseId(found.RepoId, found.RepoNamespaceName, found.RepoName, WriteErrorInTurn)),
            .. _missing.SelectMany(name => RepositoryArgument.ParseAll([name], WriteErrorInTurn)),
        ];
    }
}
