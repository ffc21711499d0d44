using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace CrRegistry.Benchmarks.Serving;

/// <summary>
/// Replies to ListRepoTag, ListRepository, GetRepoTag and DeleteRepoTag as fast as possible, so that the server does not affect the results. A page is a prepared text in which only the
/// numbers of the tags change. Nothing is verified or stored. The ID of a repository contains its number of tags and the delay of replies.
/// </summary>
internal sealed class PageServer
{
    private readonly ConcurrentDictionary<string, Traffic> _traffic = new(StringComparer.Ordinal);

    /// <summary>Prints its address, and runs until its input ends.</summary>
    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var application = builder.Build();
        application.Run(new PageServer().AnswerAsync);
        await application.StartAsync(cancellationToken);
        await output.WriteLineAsync(application.Urls.Single());
        await output.FlushAsync(cancellationToken);
        while (await input.ReadLineAsync(cancellationToken) is not null)
        {
        }
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.StartsWithSegments(ServerProcess.SeenPath, out var run)
        ? context.Response.WriteAsync(TrafficOf(run.Value!.TrimStart('/')).ToString(), context.RequestAborted)
        : AnswerPageAsync(context);

    private async Task AnswerPageAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var namespaceName = query["RepoNamespaceName"].ToString();
        // The name of a namespace is that of its repositories without "crr", and with their number in place of an index.
        var names = namespaceName.Length > 0 ? ["", .. namespaceName.Split('-')] : query["RepoId"].ToString().Split('-');
        var (tags, latency, number) = (Number(names[2]), Number(names[3]), Number(names[4]));
        var traffic = TrafficOf(names[1]);
        var depth = traffic.Begin();
        if (latency > 0) await Task.Delay(latency, context.RequestAborted);
        traffic.End(depth);

        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.Headers["x-acs-request-id"] = "00000000-0000-0000-0000-000000000000";
        if (query["Tag"].ToString() is { Length: > 0 } tag)
        {
            // A deletion changes nothing: each tag is deleted once.
            if (context.Request.Headers["x-acs-action"] == "GetRepoTag") await PageBody.WriteTagAsync(context.Response, tags, Number(tag[1..]));
            else await context.Response.WriteAsync("""{"Code":"success","IsSuccess":true}""", context.RequestAborted);
            return;
        }

        var (pageNo, pageSize) = (Number(query["PageNo"].ToString()), Number(query["PageSize"].ToString()));
        var rows = namespaceName.Length > 0 ? number : tags;
        var first = (int)Math.Min((pageNo - 1) * (long)pageSize, rows);
        var count = Math.Min(pageSize, rows - first);
        if (namespaceName.Length > 0) await RepositoryBody.WriteAsync(context.Response, namespaceName, pageNo, pageSize, rows, first, count);
        else await PageBody.WriteAsync(context.Response, pageNo, pageSize, rows, first, count);
    }

    private Traffic TrafficOf(string run) => _traffic.GetOrAdd(run, _ => new Traffic());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
