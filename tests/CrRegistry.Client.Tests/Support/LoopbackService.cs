using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrRegistry.Client.Tests.Support;

/// <summary>Serves a message handler on the loopback address, so that a test uses real connections.</summary>
internal sealed class LoopbackService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackService(WebApplication application)
    {
        _application = application;
        Endpoint = new Uri(application.Urls.Single());
    }

    public Uri Endpoint { get; }

    public static async Task<LoopbackService> StartAsync(HttpMessageHandler handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var invoker = new HttpMessageInvoker(handler);
        application.Run(context => AnswerAsync(context, invoker));
        await application.StartAsync();
        return new LoopbackService(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, HttpMessageInvoker invoker)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{context.Request.Host}{context.Request.Path}{context.Request.QueryString}");
        foreach (var header in context.Request.Headers) request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        using var response = await invoker.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        foreach (var header in response.Headers) context.Response.Headers[header.Key] = header.Value.ToArray();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
