namespace CrRegistry.Emulator.Requests;

/// <summary>A received call. It contains only the operation's own parameters, without key, token and signature.</summary>
/// <param name="Action">The operation, or null if the request does not specify one.</param>
/// <param name="Parameters">The operation's own parameters.</param>
/// <param name="ReceivedAt">The time at which the request was received.</param>
public sealed record ReceivedCall(string? Action, IReadOnlyDictionary<string, string> Parameters, DateTimeOffset ReceivedAt);
