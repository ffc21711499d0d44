using System.Collections.Concurrent;
using CrRegistry.Emulator;

namespace CrRegistry.Client.Tests.Support;

/// <summary>Leads every request to the emulator, whatever host it is for, and lets a test answer in its place. The Host header stays as it was signed.</summary>
internal sealed class EmulatorRoute(EmulatorServer server) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Each request as method, host and path, with the action of an API.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Answers, or throws, in the emulator's place; null leaves the request to it.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>>? Answer { get; set; }

    /// <summary>Forgets the calls so far.</summary>
    public void Forget() => _calls.Clear();

    public IEnumerable<string> CallsTo(string host) => Calls.Where(call => call.Contains($" {host}", StringComparison.Ordinal));

    /// <summary>Lets what goes to one host fail as where nothing listens.</summary>
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
