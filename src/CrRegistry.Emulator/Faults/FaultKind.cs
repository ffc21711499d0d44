namespace CrRegistry.Emulator.Faults;

/// <summary>What may be done to a call in place of answering it, or to its reply.</summary>
public enum FaultKind
{
    /// <summary>HTTP 400 with the code <c>Throttling.User</c>, as the service throttles. The call is neither checked nor done.</summary>
    Throttling,

    /// <summary>HTTP 429 with the code <c>Throttling</c>. The call is neither checked nor done.</summary>
    TooManyRequests,

    /// <summary>HTTP 500 with the code <c>SystemError</c>, from behind the gateway: the call is checked, so its nonce is used, but not done.</summary>
    SystemError,

    /// <summary>HTTP 503 with the code <c>ServiceUnavailable</c>. The call is neither checked nor done.</summary>
    ServiceUnavailable,

    /// <summary>HTTP 502 with a page of HTML, as a proxy gives it. The call is neither checked nor done.</summary>
    BadGateway,

    /// <summary>HTTP 200 with a page of HTML, as the portal of a network gives it. The call is neither checked nor done.</summary>
    Portal,

    /// <summary>HTTP 302 to a loopback port where nothing listens. The call is neither checked nor done.</summary>
    Redirect,

    /// <summary>The call is done; then the TCP connection is reset, and no byte of the reply is sent.</summary>
    Reset,

    /// <summary>The call is done; the connection closes after half of the body that Content-Length promises.</summary>
    CutBody,

    /// <summary>The call is done; the reply is whole for HTTP, and its body ends half-way.</summary>
    CutText,
}
