using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Http;

/// <summary>Sends the calls of the chain, at the same seam as all others. What becomes of them is said without their address beyond the host.</summary>
/// <param name="handler">What takes the network's place; null for the network.</param>
internal sealed class CredentialHttp(HttpMessageHandler? handler)
{
    private const string RequestIdHeader = "x-acs-request-id";

    /// <param name="action">What is asked for, as an error names it.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">Until the last byte of the reply; not above that of all requests.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CrApiException">No reply came, or one whose HTTP status is none of success.</exception>
    public async Task<ApiReply> SendAsync(string action, HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var host = request.RequestUri.Authority;
        try
        {
            var client = HttpClients.For(request.RequestUri, handler);
            using var response = await client.SendAsync(request, limit.Token).ConfigureAwait(false);
            var reply = new ApiReply(
                action,
                (int)response.StatusCode,
                response.Content?.Headers.ContentType?.MediaType,
                response.Content is null ? [] : await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false),
                response.Headers.TryGetValues(RequestIdHeader, out var ids) ? ids.FirstOrDefault() : null);
            return reply.HttpStatus is >= 200 and < 300 ? reply : throw RefusalReader.Read(reply);
        }
        catch (HttpRequestException exception)
        {
            throw CredentialFailure.Of($"'{host}' could not be reached: {exception.GetBaseException().Message.TrimEnd('.')}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CredentialFailure.Of($"'{host}' did not answer within {timeout.TotalSeconds:0} seconds.");
        }
    }
}
