using CrRegistry.Client.Decoding;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Transport;

/// <summary>Sends requests to one endpoint, with retries, and decodes their replies.</summary>
internal sealed class ApiTransport(
    Uri endpoint, HttpExchange http, ICredentialProvider credentials, IRequestSigner signer, RetryPolicy retryPolicy, JobContext context)
{
    /// <summary>Sends a request that needs nothing before a retry, and decodes its reply.</summary>
    public Task<T> SendAsync<T>(
        Operation operation, IReadOnlyDictionary<string, string> parameters, Func<ApiReply, T> decode, CancellationToken cancellationToken) =>
        SendAsync(operation, parameters, decode, null, cancellationToken);

    /// <summary>Sends a request and decodes its reply. A reply that cannot be decoded is a failed attempt.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">Its parameters by name, without the common ones.</param>
    /// <param name="decode">Decodes a reply of success.</param>
    /// <param name="beforeRetry">Called before each attempt after the first one; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CrApiException">The service refused the request, could not be reached, did not reply in time, or returned an invalid reply.</exception>
    public async Task<T> SendAsync<T>(
        Operation operation, IReadOnlyDictionary<string, string> parameters, Func<ApiReply, T> decode, Func<CancellationToken, Task>? beforeRetry, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(endpoint, operation, parameters);
        T? value = default;
        void Decode(ApiReply reply) => value = decode(reply);

        var attempt = await AttemptAsync(request, 1, Decode, cancellationToken).ConfigureAwait(false);
        if (attempt.Kind != FailureKind.Final) attempt = await RetryAsync(attempt, request, Decode, beforeRetry, cancellationToken).ConfigureAwait(false);
        return attempt.Failure is null ? value! : throw attempt.Failure;
    }

    /// <summary>Most requests succeed at once. Setting up the retry rules takes longer than such a request.</summary>
    private async Task<Attempt> RetryAsync(
        Attempt first, ApiRequest request, Action<ApiReply> decode, Func<CancellationToken, Task>? beforeRetry, CancellationToken cancellationToken)
    {
        var attempts = 0;
        return await retryPolicy.Retry.ExecuteAsync(
            async token =>
            {
                if (++attempts == 1) return first;
                if (beforeRetry is not null) await beforeRetry(token).ConfigureAwait(false);
                return await AttemptAsync(request, attempts, decode, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<Attempt> AttemptAsync(ApiRequest request, int number, Action<ApiReply> decode, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(number, request, context);
        var credential = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        if (context.IsNews is { } isNews && credentials.Identity is { Origin.Length: > 0 } identity && isNews(identity))
            await context.WriteAsync(new CredentialResolved(identity), cancellationToken).ConfigureAwait(false);
        var reply = await SendAsync(attempt, request, credential, decode, cancellationToken).ConfigureAwait(false);

        // No slot is held while messages wait for the pipeline thread: the job whose turn it is may need it.
        if (attempt.SignedText is { } text) await context.WriteAsync(new RequestSigned(request.Action, text), cancellationToken).ConfigureAwait(false);
        if (reply is not null && context.ShowsCompletedRequests)
        {
            await context.WriteAsync(
                new RequestCompleted(request.Action, request.Parameters, reply.Elapsed, reply.HttpStatus, attempt.RequestId), cancellationToken).ConfigureAwait(false);
        }

        if (attempt.Kind == FailureKind.TokenRefused && await credentials.RenewAsync(credential, cancellationToken).ConfigureAwait(false) == credential) attempt.GiveUp();
        return attempt;
    }

    /// <summary>Sends a request when the limits of the pipeline and of the process allow it, and notes the result in the attempt.</summary>
    /// <returns>The reply; null if none came.</returns>
    private async Task<ApiReply?> SendAsync(Attempt attempt, ApiRequest request, Credential credential, Action<ApiReply> decode, CancellationToken cancellationToken)
    {
        using var slot = await context.EnterRequestAsync(cancellationToken).ConfigureAwait(false);
        using var place = await retryPolicy.LimiterFor(request.Endpoint, credential.AccessKeyId).EnterAsync(cancellationToken).ConfigureAwait(false);

        // Signed after the wait, so that the date is current.
        using var message = signer.Sign(request, credential, RequestStamp.New());
        if (context.ShowsSignedRequests) attempt.SignedText = SignedText.Of(message, request.Operation);
        ApiReply? reply = null;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            reply = await http.SendAsync(request, message, cancellationToken).ConfigureAwait(false) with { StringToSign = message.StringToSign };
            if (reply.IsCut) throw TransportFailure.CutReply(reply);
            if (reply.HttpStatus is not (>= 200 and < 300)) throw ServiceErrorReader.Read(reply);
            decode(reply);
            reply.ReleaseBody();
            place.Succeed();
            context.Succeeded();
        }
        catch (OperationCanceledException) when (request.Operation.Writes)
        {
            throw TransportFailure.OutcomeUnknown(new CrApiException("The command was stopped.") { Action = request.Action });
        }
        catch (CrApiException failure)
        {
            Note(NewSecrets().Hide(failure), request.Operation, attempt, reply, place);
        }

        if (context.ShowsCompletedRequests) attempt.RequestId = NewSecrets().Hide(attempt.Failure?.RequestId ?? reply?.RequestId);
        return reply;

        Secrets NewSecrets() => new([credential.AccessKeySecret, credential.SecurityToken, SignedText.SignatureOf(message), .. request.SecretValues]);
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
