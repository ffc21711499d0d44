namespace CrRegistry.Cmdlets.Listing;

/// <summary>Which part of a list the paging parameters ask for.</summary>
/// <param name="PageNo">The one page that is wanted; null for a range.</param>
/// <param name="IsFirstPageOnly">True if no parameter specifies a part of the list: the first page is returned, with a warning if the list may have more.</param>
/// <param name="Skip">Rows to leave out at the front of a range.</param>
/// <param name="First">Rows to give at the most; null for all.</param>
/// <param name="PageSize">Rows asked for at once; null to leave it to the client.</param>
internal readonly record struct PageChoice(int? PageNo, bool IsFirstPageOnly, long Skip, long? First, int? PageSize);
