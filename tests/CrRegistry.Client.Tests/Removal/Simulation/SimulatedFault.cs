namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>A failure of one request or of its reply.</summary>
internal enum SimulatedFault
{
    None,

    /// <summary>No connection is made.</summary>
    NotSent,

    /// <summary>The connection breaks before the service has the request.</summary>
    LostRequest,

    /// <summary>The service rejects the request as throttled.</summary>
    Throttled,

    /// <summary>The service fails before it executes the request.</summary>
    FailedBefore,

    /// <summary>The service is overloaded, and names a time to wait.</summary>
    Unavailable,

    /// <summary>The service denies the permission.</summary>
    Denied,

    /// <summary>A page of a network replies instead of the service.</summary>
    ForeignPage,

    /// <summary>The request times out and is executed later, if it is a delete and the day has late deletes. Otherwise it is not executed.</summary>
    Late,

    /// <summary>The request is executed, and the service fails then.</summary>
    FailedAfter,

    /// <summary>The request is executed, and the connection breaks before the reply.</summary>
    LostReply,

    /// <summary>The request is executed, and the reply times out.</summary>
    NoReply,

    /// <summary>The request is executed, and the connection breaks during the reply.</summary>
    CutReply,

    /// <summary>The request is executed, and half of the reply is missing.</summary>
    HalfReply,

    /// <summary>The reply is about another tag of the repository.</summary>
    OtherTag,
}
