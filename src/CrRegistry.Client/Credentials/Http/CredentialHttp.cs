using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Http;

/// <summary>Sends the calls of the chain, at the same seam as all others. What becomes of them is said without their address beyond the host.</summary>
/// <param name="options">The proxy, and what takes the network's place.</param>
internal sealed class CredentialHttp(CrConnectionOptions options)
{
    private static readonly Dictionary<string, string> s_noParameters = [];

    /// <param name="action">What is asked for, as an error names it.</param>
    /// <param name="request">The request.</param>
    /// <param name="secrets">What of the request no error may tell, whoever quotes it.</param>
    /// <param name="timeout">Until the last byte of the reply.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CrApiException">No reply came, or one whose HTTP status is none of success.</exception>
    public async Task<ApiReply> SendAsync(string action, HttpRequestMessage request, Secrets secrets, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var exchange = new HttpExchange(HttpClients.For(request.RequestUri, options), timeout, timeout, () => HttpClients.ProxyOf(request.RequestUri, options));
            var reply = await exchange.SendAsync(new ApiRequest(request.RequestUri, action, s_noParameters), request, cancellationToken).ConfigureAwait(false);
            if (reply.IsCut) throw TransportFailure.CutReply(reply);
            return reply.HttpStatus is >= 200 and < 300 ? reply : throw RefusalReader.Read(reply);
        }
        catch (CrApiException failure)
        {
            var told = secrets.Hide(failure);
            throw failure.HttpStatus is null ? CredentialFailure.Of(told.Message) : told;
        }
    }
}
