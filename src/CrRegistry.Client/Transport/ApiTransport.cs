using CrRegistry.Client.Decoding;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Transport;

/// <summary>Sends requests to one endpoint, again where that helps, and brings their replies, or says what became of them.</summary>
internal sealed class ApiTransport(
    Uri endpoint, HttpExchange http, ICredentialProvider credentials, IRequestSigner signer, RetryPolicy resilience, JobContext context)
{
    /// <summary>Sends a request and decodes its reply: one that cannot be decoded is a failed try, too.</summary>
    /// <exception cref="CrApiException">The service refused, could not be reached, did not answer in time, or answered what is no reply to this.</exception>
    public async Task<T> SendAsync<T>(
        Operation operation, IReadOnlyDictionary<string, string> parameters, Func<ApiReply, T> decode, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(endpoint, operation, parameters);
        var attempt = await TryAsync(request, 1, decode, cancellationToken).ConfigureAwait(false);
        if (attempt.Kind != FailureKind.Final) attempt = await RetryAsync(attempt, request, decode, cancellationToken).ConfigureAwait(false);
        return attempt.Failure is null ? attempt.Value! : throw attempt.Failure;
    }

    /// <summary>Most calls are over with their first try: making the rules of the others takes longer than one.</summary>
    private async Task<Attempt<T>> RetryAsync<T>(Attempt<T> first, ApiRequest request, Func<ApiReply, T> decode, CancellationToken cancellationToken)
    {
        var tries = 0;
        return await resilience.Retry.ExecuteAsync(
            async token => ++tries == 1 ? first : await TryAsync(request, tries, decode, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Attempt<T>> TryAsync<T>(ApiRequest request, int number, Func<ApiReply, T> decode, CancellationToken cancellationToken)
    {
        var attempt = new Attempt<T>(number, request, context);
        var credential = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        if (context.IsNews is { } isNews && credentials.Identity is { Origin.Length: > 0 } identity && isNews(identity))
            await context.WriteAsync(new CredentialResolved(identity), cancellationToken).ConfigureAwait(false);
        var reply = await SendAsync(attempt, request, credential, decode, cancellationToken).ConfigureAwait(false);

        // No place is held while messages wait to be taken: the work whose turn it is may need it.
        if (attempt.SignedText is { } text) await context.WriteAsync(new RequestSigned(request.Action, text), cancellationToken).ConfigureAwait(false);
        if (reply is not null && context.ShowsCompletedRequests)
        {
            await context.WriteAsync(
                new RequestCompleted(request.Action, request.Parameters, reply.Elapsed, reply.HttpStatus, attempt.RequestId), cancellationToken).ConfigureAwait(false);
        }

        if (attempt.Kind == FailureKind.TokenRefused && await credentials.RenewAsync(credential, cancellationToken).ConfigureAwait(false) == credential) attempt.GiveUp();
        return attempt;
    }

    /// <summary>Sends a request when the limits of the pipeline and of the process have room for it, and notes in the attempt what came of it.</summary>
    /// <returns>The reply; null where none came.</returns>
    private async Task<ApiReply?> SendAsync<T>(
        Attempt<T> attempt, ApiRequest request, Credential credential, Func<ApiReply, T> decode, CancellationToken cancellationToken)
    {
        using var slot = await context.EnterRequestAsync(cancellationToken).ConfigureAwait(false);
        using var place = await resilience.Limiters.For(request.Endpoint, credential.AccessKeyId).EnterAsync(cancellationToken).ConfigureAwait(false);

        // Signed no sooner: the date may not be that of the time before the waiting.
        using var message = signer.Sign(request, credential, RequestStamp.New());
        if (context.ShowsSignedRequests) attempt.SignedText = SignedText.Of(message, request.Operation);
        ApiReply? reply = null;
        try
        {
            reply = await http.SendAsync(request, message, cancellationToken).ConfigureAwait(false) with { StringToSign = message.StringToSign };
            attempt.Value = Read(reply, decode);
            reply.ReleaseBody();
            place.Succeed();
            context.Succeeded();
        }
        catch (CrApiException failure)
        {
            Note(NewSecrets().Hide(failure), request.Operation, attempt, reply, place);
        }

        if (context.ShowsCompletedRequests) attempt.RequestId = NewSecrets().Hide(attempt.Failure?.RequestId ?? reply?.RequestId);
        return reply;

        Secrets NewSecrets() => new(credential.AccessKeySecret, credential.SecurityToken, SignedText.SignatureOf(message));
    }

    private static T Read<T>(ApiReply reply, Func<ApiReply, T> decode)
    {
        if (reply.IsCut) throw TransportFailure.CutReply(reply);
        return reply.HttpStatus is >= 200 and < 300 ? decode(reply) : throw ServiceErrorReader.Read(reply);
    }

    private static void Note(CrApiException failure, Operation operation, Attempt attempt, ApiReply? reply, RequestLimiter.Place place)
    {
        var kind = FailureRules.KindOf(failure, reply?.RetryAfter, operation.Writes);
        if (kind == FailureKind.OutcomeUnknown) attempt.Fail(TransportFailure.OutcomeUnknown(failure), FailureKind.Final);
        else if (kind != FailureKind.Throttled) attempt.Fail(failure, kind);
        else if (place.Refuse(reply?.RetryAfter) is { } wait) attempt.Fail(failure, kind, wait);
        else attempt.Fail(failure, FailureKind.Final);
    }
}
