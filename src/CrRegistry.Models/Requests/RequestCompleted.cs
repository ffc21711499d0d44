namespace CrRegistry.Requests;

/// <summary>A message of a piece of work: the service answered a request.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Parameters">Its parameters: none of them is a secret.</param>
/// <param name="Elapsed">From sending the request to the last byte of its reply.</param>
/// <param name="HttpStatus">The HTTP status of the reply.</param>
/// <param name="RequestId">The ID that the service gave the request; null where it gave none.</param>
internal sealed record RequestCompleted(
    string Action, IReadOnlyDictionary<string, string> Parameters, TimeSpan Elapsed, int HttpStatus, string? RequestId) : JobMessage;
