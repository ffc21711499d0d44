namespace CrRegistry.Emulator.Requests;

/// <summary>A request that was answered. It holds the operation's own parameters: no key, token or signature.</summary>
/// <param name="Action">The operation, or null where none was named.</param>
/// <param name="Parameters">The operation's own parameters.</param>
/// <param name="ReceivedAt">When the request had arrived.</param>
/// <param name="Format">The format of the reply.</param>
/// <param name="HttpStatus">The HTTP status of the reply.</param>
/// <param name="Code">The code in the reply: <c>success</c> or the error's.</param>
public sealed record LoggedRequest(
    string? Action,
    IReadOnlyDictionary<string, string> Parameters,
    DateTimeOffset ReceivedAt,
    ReplyFormat Format,
    int HttpStatus,
    string? Code);
