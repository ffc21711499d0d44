using System.Collections.Concurrent;
using CrRegistry.Emulator;

namespace CrRegistry.Client.Tests.Support;

/// <summary>Sends every request to the emulator, independent of its host, and lets a test reply instead. The Host header is not changed.</summary>
internal sealed class EmulatorRoute(EmulatorServer server) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Each request as method, host and path, with the action of an API.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The function that replies or throws instead of the emulator. If it returns null, the emulator replies.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>>? Answer { get; set; }

    /// <summary>Clears the calls.</summary>
    public void Forget() => _calls.Clear();

    public IEnumerable<string> CallsTo(string host) => Calls.Where(call => call.Contains($" {host}", StringComparison.Ordinal));

    /// <summary>Lets requests to one host fail, as without a listener.</summary>
    public void Cut(string host) => Answer = (request, _) =>
        request.RequestUri!.Host == host ? throw new HttpRequestException("No route to host") : Task.FromResult<HttpResponseMessage?>(null);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        var action = request.Headers.TryGetValues("x-acs-action", out var actions) ? actions.Single() : System.Web.HttpUtility.ParseQueryString(uri.Query)["Action"];
        _calls.Enqueue($"{request.Method} {uri.Host}{uri.AbsolutePath}{action}");
        if (Answer is { } answer && await answer(request, cancellationToken) is { } reply) return reply;
        request.Headers.Host ??= uri.Authority;
        request.RequestUri = new Uri(server.Address, uri.PathAndQuery);
        return await base.SendAsync(request, cancellationToken);
    }
}
