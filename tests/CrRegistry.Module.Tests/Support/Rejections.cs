using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CrRegistry.Module.Tests.Support;

/// <summary>A service that replaces the network and returns the same reply to each request.</summary>
internal sealed class Rejections(int status, string contentType, string body) : HttpMessageHandler
{
    public static Rejections With(int status, string code) => new(status, "application/json", new JsonObject
    {
        ["Code"] = code,
        ["Message"] = "The service says why.",
        ["RequestId"] = "REQ-1",
        ["Recommend"] = "https://diagnosis.example/why",
    }.ToJsonString());

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
        new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) });
}
