namespace CrRegistry.Requests;

/// <summary>A message of a listing: it is read again, to be sure that it is whole.</summary>
/// <param name="Reason">Why, as a whole sentence.</param>
internal sealed record ListingReread(string Reason) : JobMessage;
