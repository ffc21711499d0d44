namespace CrRegistry.Requests;

/// <summary>A message with the signed text of a request, for comparison with the service's text.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Text">The canonical request, or the string to sign; values that may be secret are replaced with <c>***</c>.</param>
internal sealed record RequestSigned(string Action, string Text) : JobMessage;
