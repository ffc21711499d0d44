namespace CrRegistry.Requests;

/// <summary>A message of a piece of work: a request failed, and is tried again.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Parameters">Its parameters: none of them is a secret.</param>
/// <param name="Code">Why: the service's error code, or one of <see cref="CrErrorCode"/>.</param>
/// <param name="Delay">How long the next try waits at least.</param>
/// <param name="Number">Which try that is: 2 after the first one failed.</param>
internal sealed record RequestRetried(string Action, IReadOnlyDictionary<string, string> Parameters, string Code, TimeSpan Delay, int Number) : JobMessage;
