namespace CrRegistry.Emulator.Requests;

/// <summary>A call as it came. It holds the operation's own parameters: no key, token or signature.</summary>
/// <param name="Action">The operation, or null where none was named.</param>
/// <param name="Parameters">The operation's own parameters.</param>
/// <param name="ReceivedAt">When the request had arrived.</param>
public sealed record ReceivedCall(string? Action, IReadOnlyDictionary<string, string> Parameters, DateTimeOffset ReceivedAt);
