using CrRegistry.Client.Decoding;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Credentials.Http;

/// <summary>Sends the calls of the chain through the same HTTP seam and with the same retry rules as all reads. Errors contain only the host of a call's address.</summary>
/// <param name="options">The proxy and the HTTP handler.</param>
internal sealed class CredentialHttp(CrConnectionOptions options)
{
    private readonly RetryPolicy _retryPolicy = options.RetryPolicy ?? RetryPolicy.For(options.MessageHandler);

    /// <exception cref="CrApiException">No reply was received, or its HTTP status is not 2xx.</exception>
    public async Task<ApiReply> SendAsync(CredentialCall call, CancellationToken cancellationToken)
    {
        var tries = 0;
        ApiReply? reply = null;
        var attempt = await _retryPolicy.Retry.ExecuteAsync(
            async token => await TryAsync(call, ++tries, received => reply = received, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return attempt.Failure is null ? reply! : throw attempt.Failure;
    }

    private async Task<Attempt> TryAsync(CredentialCall call, int number, Action<ApiReply> receive, CancellationToken cancellationToken)
    {
        // Retries are not reported, because several commands may wait for the same credential.
        var attempt = new Attempt(number);
        using var place = await _retryPolicy.LimiterFor(call.Endpoint, call.AccessKeyId).EnterAsync(cancellationToken).ConfigureAwait(false);
        using var message = call.NewMessage();
        ApiReply? reply = null;
        try
        {
            var exchange = new HttpExchange(call.Endpoint, options with { ConnectionTimeout = call.Timeout, OperationTimeout = call.Timeout });
            reply = await exchange.SendAsync(call.Action, message, cancellationToken).ConfigureAwait(false);
            if (reply.IsCut) throw TransportFailure.CutReply(reply);
            if (reply.HttpStatus is < 200 or >= 300) throw ServiceErrorReader.Read(reply);
            receive(reply);
            place.Succeed();
        }
        catch (CrApiException failure)
        {
            Note(call.SecretsOf(message).Hide(failure), call, attempt, reply?.RetryAfter, place);
        }

        return attempt;
    }

    private static void Note(CrApiException failure, CredentialCall call, Attempt attempt, TimeSpan? retryAfter, RequestLimiter.Place place)
    {
        var kind = FailureRules.KindOf(failure, retryAfter, writes: false);
        // The calls of the chain do not renew a token, so that a retry would send the same one.
        if (kind == FailureKind.TokenRejected || (kind == FailureKind.ReplyLost && !call.RetriesLostReply)) kind = FailureKind.Final;
        if (kind != FailureKind.Throttled) attempt.Fail(failure, kind);
        else if (place.Reject(retryAfter) is { } wait) attempt.Fail(failure, kind, wait);
        else attempt.Fail(failure, FailureKind.Final);
    }
}
