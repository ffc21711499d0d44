namespace CrRegistry.Emulator.Faults;

/// <summary>The faults that replace or change the reply to a call.</summary>
public enum FaultKind
{
    /// <summary>HTTP 400 with the code <c>Throttling.User</c>, as the service throttles. The call is neither checked nor executed.</summary>
    Throttling,

    /// <summary>HTTP 429 with the code <c>Throttling</c>. The call is neither checked nor executed.</summary>
    TooManyRequests,

    /// <summary>HTTP 500 with the code <c>SystemError</c>, from behind the gateway. The call is checked, which uses its nonce, but not executed.</summary>
    SystemError,

    /// <summary>HTTP 503 with the code <c>ServiceUnavailable</c>. The call is neither checked nor executed.</summary>
    ServiceUnavailable,

    /// <summary>HTTP 502 with an HTML page, as from a proxy. The call is neither checked nor executed.</summary>
    BadGateway,

    /// <summary>HTTP 200 with an HTML page, as from the sign-in page of a network. The call is neither checked nor executed.</summary>
    Portal,

    /// <summary>HTTP 302 to a loopback port without a listener. The call is neither checked nor executed.</summary>
    Redirect,

    /// <summary>The call is executed. Then the TCP connection is reset, and no byte of the reply is sent.</summary>
    Reset,

    /// <summary>The call is executed. The connection closes after half of the body that Content-Length specifies.</summary>
    CutBody,

    /// <summary>The call is executed. The reply is complete for HTTP, but its body contains only the first half.</summary>
    CutText,
}
