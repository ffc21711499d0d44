using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Transport.Retry;

/// <summary>Maps a failure to its kind.</summary>
internal static class FailureRules
{
    private const string Throttling = nameof(Throttling);
    private const string TokenCodes = "InvalidSecurityToken";

    /// <summary>HTTP 429, for which .NET Framework has no name.</summary>
    private const int TooManyRequests = 429;

    /// <summary>
    /// Returns the kind of a failure. A header with a wait does not turn another rejection, such as NoPermission, into throttling. It does so only for
    /// a failure of the service whose status is not HTTP 4xx.
    /// </summary>
    /// <param name="failure">The failure of the attempt.</param>
    /// <param name="retryAfter">The wait that the service specified; null if it did not.</param>
    /// <param name="writes">True if the operation writes. It is then retried only if it was certainly not executed.</param>
    public static FailureKind KindOf(CrApiException failure, TimeSpan? retryAfter, bool writes)
    {
        if (failure.HttpStatus == TooManyRequests || failure.Code.IndexOf(Throttling, StringComparison.OrdinalIgnoreCase) >= 0) return FailureKind.Throttled;
        if (failure.Code.StartsWith(TokenCodes, StringComparison.Ordinal)) return FailureKind.TokenRejected;
        var isReplyLost = failure.IsTransient || failure.Code is CrErrorCode.ConnectionFailed or CrErrorCode.RequestTimeout;
        var isServiceFailed = ServiceErrorReader.IsServiceFailed(failure.Code, failure.HttpStatus);
        // SignatureNonceUsed is a failure of the service, because a proxy sent the request twice, and the reply to one of them is lost.
        if (writes && !failure.IsNotSent && (isReplyLost || isServiceFailed || failure.Code == CrErrorCode.InvalidResult)) return FailureKind.OutcomeUnknown;
        if (isReplyLost) return FailureKind.ReplyLost;
        if (!isServiceFailed) return FailureKind.Final;
        return retryAfter > TimeSpan.Zero && failure.HttpStatus is not (>= 400 and < 500) ? FailureKind.Throttled : FailureKind.ServiceFailed;
    }
}
