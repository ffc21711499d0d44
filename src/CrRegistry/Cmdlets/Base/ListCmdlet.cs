using System.Management.Automation;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.Base;

/// <summary>What all cmdlets have in common that list rows of the service page by page: one table of paging, one way of showing it.</summary>
public abstract class ListCmdlet : ServiceCmdlet
{
    private readonly ListingProgress _progress;
    private readonly HashSet<ListInput> _counted = [];

    /// <summary>Makes the cmdlet.</summary>
    /// <param name="noun">The rows that it lists, in the plural.</param>
    private protected ListCmdlet(string noun)
    {
        Warnings = new ListingWarnings(noun);
        _progress = new ListingProgress(noun);
    }

    /// <summary>Gives every row of the list, or an error.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Gives one page, as the service gives it: the number of the page, from 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int PageNo { get; set; }

    /// <summary>Rows asked for at once: 1 to 100. Without another choice of rows it is also how many are given: 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int PageSize { get; set; }

    /// <summary>Whether rows are chosen by what they are: then the list is read to its end, and its count says nothing of them.</summary>
    private protected abstract bool IsChosenByName { get; }

    /// <summary>The parameters that choose rows by what they are, for a message.</summary>
    private protected abstract string ChoosingParameters { get; }

    private protected ListingWarnings Warnings { get; }

    private protected PageChoice Pages => new(
        PageNo > 0 ? PageNo : null,
        IsFirstPageOnly(IsChosenByName),
        (long)Math.Min(PagingParameters.Skip, long.MaxValue),
        PagingParameters.First > long.MaxValue ? null : (long)PagingParameters.First,
        PageSize > 0 ? PageSize : null);

    /// <summary>Whether the user asks for nothing that the service would have to be asked for.</summary>
    private protected bool WantsNothing => PagingParameters.First == 0 && !PagingParameters.IncludeTotalCount;

    private bool IsFirstPageOnly(bool isChosenByName) => PageNo == 0 && !All && !isChosenByName && !IsBound("First") && !IsBound("Skip");

    /// <summary>Starts the job of one input.</summary>
    /// <param name="name">The name that the user knows the input by.</param>
    /// <param name="work">The job.</param>
    private protected void QueueList(string name, object work) => Queue(new ListInput(name, IsChosenByName), work);

    /// <summary>Refuses what cannot be meant, before any request.</summary>
    /// <param name="instanceId">What -InstanceId was given.</param>
    /// <param name="regionId">What -RegionId was given.</param>
    private protected void CheckList(string? instanceId, string? regionId)
    {
        if (PageNo > 0 && (All || IsBound("First") || IsBound("Skip") || IsChosenByName))
            Terminate(AmbiguousPaging);
        foreach (var (name, value, valid) in new[] { ("InstanceId", instanceId, "the ID of an instance, 'cri-…'"), ("RegionId", regionId, "a region ID such as 'cn-shanghai'") })
        {
            if (IsBound(name) && NullIfEmpty(value) is null) Refuse($"-{name} is empty. Specify {valid}, or omit it.", name + "Missing", value);
        }
    }

    private protected ErrorRecord AmbiguousPaging => FailureRecord.OfArgument(
        $"-PageNo returns one page of the list. It cannot be used with -All, -First, -Skip{ChoosingParameters}.", "AmbiguousPaging", PageNo);

    /// <summary>Which service is asked, and for which instance.</summary>
    /// <param name="given">What -InstanceId was given, or the pipeline.</param>
    /// <param name="regionId">What -RegionId was given, or the pipeline.</param>
    /// <param name="refuse">Says why none can be.</param>
    private protected (Uri Endpoint, string InstanceId)? ReadService(string? given, string? regionId, Action<ErrorRecord> refuse)
    {
        var instanceId = NullIfEmpty(given) ?? Session.InstanceId;
        if (InstanceArgument.ProblemOf(Session, instanceId) is { } problem)
        {
            refuse(problem);
            return null;
        }

        if (FindEndpoint(EffectiveRegion(regionId), out var noEndpoint) is { } endpoint) return (endpoint, instanceId!);
        refuse(noEndpoint!);
        return null;
    }

    /// <summary>To be called before the rows of a page are written.</summary>
    private protected void BeginPage(ListInput input, long? total)
    {
        if (PagingParameters.IncludeTotalCount && _counted.Add(input)) WriteTotalCount(input.IsChosenByName ? null : total);
        _progress.PageBegins();
    }

    private protected void WriteRow(object row)
    {
        WriteObject(row);
        Show(_progress.RowWritten());
    }

    /// <summary>To be called when the rows of a page have been written.</summary>
    private protected void EndPage(ListInput input, int rows, long? total, int pageSize, bool mayBeFollowed)
    {
        if (IsFirstPageOnly(input.IsChosenByName)) Warnings.NoteFirstPage(input, rows, total, rows >= pageSize || mayBeFollowed);
        else Show(_progress.Next(input, rows, total));
    }

    private protected sealed override void WorkEnded(object subject) => Show(_progress.End());

    private protected sealed override void Summarize()
    {
        foreach (var warning in Warnings.All()) WriteWarning(warning);
    }

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Refuse(string message, string errorId, object? target) => Terminate(FailureRecord.OfArgument(message, errorId, target));

    private void WriteTotalCount(long? total) => WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), total is null ? 0.0 : 1.0));

    private void Show(ProgressRecord? progress)
    {
        if (progress is not null) WriteProgress(progress);
    }
}
