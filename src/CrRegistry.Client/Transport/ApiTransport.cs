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
    /// <summary>The clock of the retry rules, for other waits.</summary>
    public TimeProvider Clock => retryPolicy.Clock;

    /// <summary>Sends a request and decodes its reply. A reply that cannot be decoded is a failed attempt.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">Its parameters by name, without the common ones.</param>
    /// <param name="decode">Decodes a reply of success.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CrApiException">The service rejected the request, could not be reached, did not reply in time, or returned an invalid reply.</exception>
    public Task<T> SendAsync<T>(
        Operation operation, IReadOnlyDictionary<string, string> parameters, Func<ApiReply, T> decode, CancellationToken cancellationToken) =>
        SendAsync(operation, parameters, decode, null, cancellationToken);

    /// <summary>Sends a request directly after another one, whose reply has to be accepted.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">Its parameters by name, without the common ones.</param>
    /// <param name="decode">Decodes a reply of success.</param>
    /// <param name="condition">The request that is sent before each attempt; null for none.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="CrApiException">The service rejected a request, could not be reached, did not reply in time, or returned an invalid reply, or the condition does not hold.</exception>
    public async Task<T> SendAsync<T>(
        Operation operation, IReadOnlyDictionary<string, string> parameters, Func<ApiReply, T> decode, Condition? condition, CancellationToken cancellationToken)
    {
        T? value = default;
        var main = new Step(new ApiRequest(endpoint, operation, parameters), reply => value = decode(reply));
        var before = condition is null ? null : new Step(new ApiRequest(endpoint, condition.Operation, condition.Parameters), condition.Check);

        var attempt = await AttemptAsync(before, main, 1, cancellationToken).ConfigureAwait(false);
        if (attempt.Kind != FailureKind.Final) attempt = await RetryAsync(attempt, before, main, cancellationToken).ConfigureAwait(false);
        return attempt.Failure is null ? value! : throw attempt.Failure;
    }

    /// <summary>
    /// Applies the retry rules after a failed attempt. Most requests succeed at once, and setting up the rules takes longer than such a request.
    /// </summary>
    private async Task<Attempt> RetryAsync(Attempt first, Step? before, Step main, CancellationToken cancellationToken)
    {
        var attempts = 0;
        return await retryPolicy.Retry.ExecuteAsync(
            async token => ++attempts == 1 ? first : await AttemptAsync(before, main, attempts, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The attempt of the first step that failed, or else of the last one.</returns>
    private async Task<Attempt> AttemptAsync(Step? before, Step main, int number, CancellationToken cancellationToken)
    {
        var credential = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        if (context.IsNews is { } isNews && credentials.Identity is { Origin.Length: > 0 } identity && isNews(identity))
            await context.WriteAsync(new CredentialResolved(identity), cancellationToken).ConfigureAwait(false);

        var attempt = new Attempt(number, main.Request, context);
        var check = before is null ? null : new Attempt(number, before.Request, context);
        using (await context.EnterRequestAsync(cancellationToken).ConfigureAwait(false))
        using (var place = await retryPolicy.LimiterFor(endpoint, credential.AccessKeyId).EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            // Both requests have one place, so that no wait of the limiter comes between them. Only the second one counts as a success, so that the
            // limiter measures pairs, and gives up if only the second one is throttled.
            if (check is not null) await SendAsync(check, before!, credential, place, cancellationToken).ConfigureAwait(false);
            if (check?.Failure is null)
            {
                await SendAsync(attempt, main, credential, place, cancellationToken).ConfigureAwait(false);
                if (attempt.Failure is null) place.Succeed();
            }
        }

        // No place is held while messages wait for the pipeline thread, because the job whose turn it is may need it. A stop must not replace the
        // result of a write.
        var reporting = main.Request.Operation.Writes ? CancellationToken.None : cancellationToken;
        if (check is not null) await ReportAsync(check, before!.Request, reporting).ConfigureAwait(false);
        if (check?.Failure is not null) attempt = check;
        else await ReportAsync(attempt, main.Request, reporting).ConfigureAwait(false);
        if (attempt.Kind == FailureKind.TokenRejected && await credentials.RenewAsync(credential, cancellationToken).ConfigureAwait(false) == credential) attempt.GiveUp();
        return attempt;
    }

    private async Task ReportAsync(Attempt attempt, ApiRequest request, CancellationToken cancellationToken)
    {
        if (attempt.SignedText is { } text) await context.WriteAsync(new RequestSigned(request.Operation.Name, text), cancellationToken).ConfigureAwait(false);
        if (attempt.Reply is { } reply && context.ShowsCompletedRequests)
        {
            await context.WriteAsync(
                new RequestCompleted(request.Operation.Name, request.Parameters, reply.Elapsed, reply.HttpStatus, attempt.RequestId), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request that may start, and notes the result in the attempt.</summary>
    private async Task SendAsync(Attempt attempt, Step step, Credential credential, RequestLimiter.Place place, CancellationToken cancellationToken)
    {
        var request = step.Request;
        // Signed after the wait, so that the date is current.
        using var message = signer.Sign(request, credential, SignedRequest.NewNonce(), DateTimeOffset.UtcNow);
        if (context.ShowsSignedRequests) attempt.SignedText = SignedText.Of(message, request.Operation);
        cancellationToken.ThrowIfCancellationRequested();
        string? secretOfReply = null;
        try
        {
            var reply = attempt.Reply = await http.SendAsync(request.Operation.Name, message, cancellationToken).ConfigureAwait(false) with { StringToSign = message.StringToSign };
            if (request.Operation.ReturnsSecret) secretOfReply = ServiceErrorReader.SecretOf(reply);
            if (reply.IsCut) throw TransportFailure.CutReply(reply);
            if (reply.HttpStatus is not (>= 200 and < 300)) throw ServiceErrorReader.Read(reply);
            step.Decode(reply);
            reply.ReleaseBody(request.Operation.ReturnsSecret);
            context.Succeeded();
        }
        catch (OperationCanceledException) when (request.Operation.Writes)
        {
            throw TransportFailure.OutcomeUnknown(new CrApiException("The command was stopped.") { Action = request.Operation.Name });
        }
        catch (CrApiException failure)
        {
            Note(NewSecrets().Hide(failure), request.Operation, attempt, place);
        }

        if (context.ShowsCompletedRequests) attempt.RequestId = NewSecrets().Hide(attempt.Failure?.RequestId ?? attempt.Reply?.RequestId);

        Secrets NewSecrets() => new([credential.AccessKeySecret, credential.SecurityToken, SignedText.SignatureOf(message), secretOfReply, .. request.SecretValues]) { HidesTokens = request.Operation.ReturnsSecret };
    }

    private static void Note(CrApiException failure, Operation operation, Attempt attempt, RequestLimiter.Place place)
    {
        var retryAfter = attempt.Reply?.RetryAfter;
        var kind = FailureRules.KindOf(failure, retryAfter, operation.Writes);
        if (kind == FailureKind.OutcomeUnknown) attempt.Fail(TransportFailure.OutcomeUnknown(failure), FailureKind.Final);
        else if (kind != FailureKind.Throttled) attempt.Fail(failure, kind);
        else if (place.Reject(retryAfter) is { } wait) attempt.Fail(failure, kind, wait);
        else attempt.Fail(failure, FailureKind.Final);
    }

    private sealed record Step(ApiRequest Request, Action<ApiReply> Decode);
}

/// <summary>A request that is sent directly before another one. That one is sent only if its reply is accepted.</summary>
/// <param name="Operation">The operation, which reads.</param>
/// <param name="Parameters">Its parameters by name, without the common ones.</param>
/// <param name="Check">Decodes a reply of success, and throws a <see cref="CrApiException"/> if it is not accepted.</param>
internal sealed record Condition(Operation Operation, IReadOnlyDictionary<string, string> Parameters, Action<ApiReply> Check);
