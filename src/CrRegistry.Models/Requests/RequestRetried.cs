namespace CrRegistry.Requests;

/// <summary>A message that a request failed and is retried.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Parameters">The parameters. One may be a password, so that only the page number is shown.</param>
/// <param name="Code">The reason: the service's error code, or one of <see cref="CrErrorCode"/>.</param>
/// <param name="Delay">The shortest delay before the next attempt.</param>
/// <param name="Number">The number of that attempt, which is 2 after the first failure.</param>
internal sealed record RequestRetried(string Action, IReadOnlyDictionary<string, string> Parameters, string Code, TimeSpan Delay, int Number) : JobMessage;
