using System.Diagnostics;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Signing;
using CrRegistry.Client.Work;

namespace CrRegistry.Client.Transport;

/// <summary>Sends requests to one endpoint and brings their replies, or says what became of them.</summary>
internal sealed class ApiTransport(
    Uri endpoint, HttpClient http, ICredentialProvider credentials, IRequestSigner signer, WorkContext context)
{
    /// <summary>Sends one request within the limit of requests in flight, and decodes its reply: one that cannot be decoded is a failed call, too.</summary>
    /// <exception cref="CrApiException">The service refused, could not be reached, did not answer in time, or answered what is no reply to this.</exception>
    public async Task<T> SendAsync<T>(
        string action, IReadOnlyDictionary<string, string> parameters, Func<ApiReply, T> decode, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(endpoint, action, parameters);
        using var slot = await context.EnterRequestAsync(cancellationToken).ConfigureAwait(false);
        var credential = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using var message = signer.Sign(request, credential, RequestStamp.New());
        var clock = Stopwatch.StartNew();
        var reply = await AttemptAsync(request, message, cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(
            new RequestCompleted(action, parameters, clock.Elapsed, reply.HttpStatus, reply.RequestId), cancellationToken).ConfigureAwait(false);
        return reply.HttpStatus is >= 200 and < 300 ? decode(reply) : throw RefusalReader.Read(reply);
    }

    private async Task<ApiReply> AttemptAsync(ApiRequest request, SignedRequest message, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return await ApiReply.ReadAsync(request, message, response).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            // The innermost exception says why; .NET Framework's outer one says only that something failed.
            var cause = exception.GetBaseException().Message.TrimEnd('.');
            throw new CrApiException($"No connection to '{request.Endpoint.Authority}' for {request.Action}: {cause}.", exception)
            {
                Code = CrErrorCode.ConnectionFailed,
                Action = request.Action,
            };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CrApiException(
                $"'{request.Endpoint.Authority}' did not answer {request.Action} within {http.Timeout.TotalSeconds:0} seconds.", exception)
            {
                Code = CrErrorCode.RequestTimeout,
                Action = request.Action,
            };
        }
    }
}
