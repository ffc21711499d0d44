using CrRegistry.Emulator.Faults;

namespace CrRegistry.Emulator.Requests;

/// <summary>A request that was answered, or whose connection was reset. It holds the operation's own parameters: no key, token or signature.</summary>
/// <param name="Action">The operation, or null where none was named.</param>
/// <param name="Parameters">The operation's own parameters.</param>
/// <param name="ReceivedAt">When the request had arrived.</param>
/// <param name="Format">The format of the reply.</param>
/// <param name="HttpStatus">The HTTP status of the reply; null where the connection was reset instead.</param>
/// <param name="Code">The code of the reply: <c>success</c> or the error's; null for a page of HTML and the like.</param>
/// <param name="Fault">The fault that was given, or null.</param>
public sealed record LoggedRequest(
    string? Action,
    IReadOnlyDictionary<string, string> Parameters,
    DateTimeOffset ReceivedAt,
    ReplyFormat Format,
    int? HttpStatus,
    string? Code,
    FaultKind? Fault);
