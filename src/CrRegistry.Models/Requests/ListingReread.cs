namespace CrRegistry.Requests;

/// <summary>A message that a listing is read again to verify that it is complete.</summary>
/// <param name="Reason">The reason, as a complete sentence.</param>
internal sealed record ListingReread(string Reason) : JobMessage;
