using CrRegistry.Emulator.Faults;

namespace CrRegistry.Emulator.Requests;

/// <summary>A request with a reply, or one whose connection was reset. It contains only the operation's own parameters, without key, token and signature.</summary>
/// <param name="Action">The operation, or null if the request does not specify one.</param>
/// <param name="Parameters">The operation's own parameters.</param>
/// <param name="ReceivedAt">The time at which the request was received.</param>
/// <param name="Format">The format of the reply.</param>
/// <param name="HttpStatus">The HTTP status of the reply; null if the connection was reset.</param>
/// <param name="Code">The code of the reply: <c>success</c> or the error's; null for a reply without a code, such as an HTML page.</param>
/// <param name="Fault">The simulated fault, or null.</param>
public sealed record LoggedRequest(
    string? Action,
    IReadOnlyDictionary<string, string> Parameters,
    DateTimeOffset ReceivedAt,
    ReplyFormat Format,
    int? HttpStatus,
    string? Code,
    FaultKind? Fault);
