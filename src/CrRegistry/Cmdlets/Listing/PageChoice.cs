namespace CrRegistry.Cmdlets.Listing;

/// <summary>Which part of a list the paging parameters ask for.</summary>
/// <param name="PageNo">The one page that is wanted; null for a range.</param>
/// <param name="Skip">Rows to leave out at the front of a range.</param>
/// <param name="First">Rows to give at the most; null for all.</param>
/// <param name="PageSize">Rows asked for at once; null to leave it to the client.</param>
internal readonly record struct PageChoice(int? PageNo, long Skip, long? First, int? PageSize);
