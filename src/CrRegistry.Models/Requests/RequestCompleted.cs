namespace CrRegistry.Requests;

/// <summary>A message that the service replied to a request.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Parameters">The parameters. One may be a password, so that only the page number is shown.</param>
/// <param name="Elapsed">The time from sending the request to the last byte of its reply.</param>
/// <param name="HttpStatus">The HTTP status of the reply.</param>
/// <param name="RequestId">The ID of the request; null if the reply has no ID.</param>
internal sealed record RequestCompleted(
    string Action, IReadOnlyDictionary<string, string> Parameters, TimeSpan Elapsed, int HttpStatus, string? RequestId) : JobMessage;
