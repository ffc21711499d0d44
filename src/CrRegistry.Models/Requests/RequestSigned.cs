namespace CrRegistry.Requests;

/// <summary>A message of a piece of work: what was signed of a request, for whoever compares it with the service's.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Text">The canonical request, or the string to sign; what is not known to be harmless is <c>***</c> in it.</param>
internal sealed record RequestSigned(string Action, string Text) : JobMessage;
