using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>The pages of one list of the service, for example of the tags of one repository.</summary>
internal interface IPageSource<TRow>
{
    RowKind<TRow> Kind { get; }

    Task<Page<TRow>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken);
}
