namespace CrRegistry.Client.Transport.Retry;

/// <summary>The kinds of failures, by which the retry rules decide.</summary>
internal enum FailureKind
{
    /// <summary>No failure, or one that the same request would have again.</summary>
    Final,

    /// <summary>The service failed. The same request may succeed later.</summary>
    ServiceFailed,

    /// <summary>No complete reply was received. The same request may succeed over another connection.</summary>
    ReplyLost,

    /// <summary>The service throttled the request. The same request succeeds at a lower rate.</summary>
    Throttled,

    /// <summary>The token of a temporary credential is no longer valid. A new credential may be.</summary>
    TokenRejected,

    /// <summary>The write may have been executed although the request failed. Another request might execute it twice.</summary>
    OutcomeUnknown,
}
