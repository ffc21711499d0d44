using System.Management.Automation;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>The base of the cmdlets that list rows of the service: paging, progress, warnings, and rows that do not exist.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public abstract class ListCmdlet<TRow> : ServiceCmdlet
{
    /// <summary>The number of rows on the page that is returned if the user requests nothing else. The operations document the same default.</summary>
    private const int DefaultPageSize = 30;

    private readonly ListingProgress _progress;
    private readonly HashSet<JobInput> _counted = [];

    /// <summary>The input that all lookups of single rows share: -First and -Skip count them together.</summary>
    private readonly JobInput _lookups = new(string.Empty, IsChosenByName: true);

    private long _rowsFound;

    /// <summary>Initializes the cmdlet.</summary>
    /// <param name="noun">The rows, in the plural.</param>
    private protected ListCmdlet(string noun)
    {
        Warnings = new ListingWarnings(noun);
        _progress = new ListingProgress(noun, () => Elapsed);
    }

    /// <summary>Returns every row of the list, or an error.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>The number of the one page to return, from 1. It is returned as the service returns it.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int PageNo { get; set; }

    /// <summary>The number of rows to request at once: 1 to 100. Without another selection of rows it is also the number of returned rows: 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int PageSize { get; set; }

    /// <summary>True if rows are filtered by name. The whole list is then read, and TotalCount does not apply.</summary>
    private protected abstract bool IsChosenByName { get; }

    /// <summary>The parameters that filter rows by name.</summary>
    private protected abstract string[] ChoosingParameters { get; }

    private protected ListingWarnings Warnings { get; }

    /// <summary>The part of the list that the paging parameters request.</summary>
    private protected RowRange Range
    {
        get
        {
            if (PageNo > 0) return RowRange.Page(PageNo, PageSize > 0 ? PageSize : DefaultPageSize);
            if (IsFirstPageOnly(IsChosenByName)) return RowRange.FirstPage(PageSize > 0 ? PageSize : DefaultPageSize);
            return RowRange.Range(
                (long)Math.Min(PagingParameters.Skip, long.MaxValue),
                PagingParameters.First > long.MaxValue ? null : (long)PagingParameters.First,
                PageSize > 0 ? PageSize : null,
                isOfCompleteList: All);
        }
    }

    private ErrorRecord AmbiguousPaging
    {
        get
        {
            string[] others = ["-All", "-First", "-Skip", .. ChoosingParameters];
            var last = others.Length - 1;
            return FailureRecord.OfArgument($"-PageNo returns one page of the list. It cannot be used with {string.Join(", ", others.Take(last))} or {others[last]}.", "AmbiguousPaging", PageNo);
        }
    }

    /// <summary>Returns the error for a row that does not exist.</summary>
    /// <param name="input">The input that the row was requested for.</param>
    /// <param name="name">The name or the ID.</param>
    private protected abstract ErrorRecord NotFound(JobInput input, string name);

    /// <summary>Notes a row before it is written.</summary>
    private protected virtual void NoteRow(TRow row, JobInput input)
    {
    }

    /// <summary>Rejects paging parameters that contradict each other.</summary>
    private protected void ValidatePaging()
    {
        if (PageNo > 0 && (All || IsSpecified("First") || IsSpecified("Skip") || IsChosenByName)) Terminate(AmbiguousPaging);
    }

    /// <summary>True if the current input needs a request. The command line was validated before, so that an error concerns an item of the pipeline.</summary>
    private protected bool NeedsRequest()
    {
        if (PagingParameters.First == 0 && !PagingParameters.IncludeTotalCount) return false;
        if (PageNo == 0 || !IsChosenByName) return true;
        WriteErrorInTurn(AmbiguousPaging);
        return false;
    }

    /// <summary>Returns the input of a job. It has the current values of the parameters.</summary>
    private protected JobInput Input(string name) => new(name, IsChosenByName);

    private protected sealed override void Receive(JobInput input, JobMessage message)
    {
        switch (message)
        {
            case Page<TRow> page:
                BeginPage(input, page.TotalCount);
                foreach (var row in page.Rows) WriteRow(row, input);
                EndPage(input, page);
                break;
            case RowFound<TRow> found:
                BeginPage(_lookups, null);
                if (Range.Contains(_rowsFound++)) WriteRow(found.Row, input);
                break;
            case RowNotFound missing:
                WriteError(NotFound(input, missing.Name));
                break;
        }
    }

    private protected sealed override void JobEnded() => Show(_progress.End());

    private protected sealed override void Summarize()
    {
        foreach (var warning in Warnings.All()) WriteWarning(warning);
    }

    private bool IsFirstPageOnly(bool isChosenByName) => PageNo == 0 && !All && !isChosenByName && !IsSpecified("First") && !IsSpecified("Skip");

    private void BeginPage(JobInput input, long? total)
    {
        if (PagingParameters.IncludeTotalCount && _counted.Add(input)) WriteTotalCount(input.IsChosenByName ? null : total);
        _progress.PageBegins();
    }

    private void WriteRow(TRow row, JobInput input)
    {
        NoteRow(row, input);
        WriteObject(row);
        Show(_progress.RowWritten());
    }

    private void EndPage(JobInput input, Page<TRow> page)
    {
        if (IsFirstPageOnly(input.IsChosenByName)) Warnings.NoteFirstPage(input, page.Rows.Count, page.TotalCount, page.Rows.Count >= page.PageSize || page.MayBeFollowed);
        else Show(_progress.Next(input, page.Rows.Count, page.TotalCount));
    }

    private void WriteTotalCount(long? total) => WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), total is null ? 0.0 : 1.0));
}
