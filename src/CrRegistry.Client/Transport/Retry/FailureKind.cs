namespace CrRegistry.Client.Transport.Retry;

/// <summary>What a failed try means for the next one.</summary>
internal enum FailureKind
{
    /// <summary>There was no failure, or the same request would fail again.</summary>
    Final,

    /// <summary>The service is not well: the same request may succeed in a moment.</summary>
    ServiceFailed,

    /// <summary>No whole reply came: the same request may succeed over another connection.</summary>
    ReplyLost,

    /// <summary>The service was asked too often: the same request succeeds when it is asked less.</summary>
    Throttled,

    /// <summary>The token of a temporary credential is no longer valid: another credential may be.</summary>
    TokenRefused,

    /// <summary>The operation writes, and may have been done although the call failed: a repeated request may do it twice.</summary>
    OutcomeUnknown,
}
