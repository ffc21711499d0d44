using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>The messages of the jobs that list rows of one resource.</summary>
internal sealed record Listed<TRow>(IReadOnlyList<JobMessage> Messages, Exception? Failure)
{
    /// <summary>The rows of pages and of lookups.</summary>
    public IReadOnlyList<TRow> Rows =>
        [.. Messages.SelectMany(message => message switch { Page<TRow> page => page.Rows, RowFound<TRow> found => [found.Row], _ => Array.Empty<TRow>() })];

    public IReadOnlyList<string> Missing => [.. Messages.OfType<RowNotFound>().Select(missing => missing.Name)];

    /// <summary>Lists all rows, or those of the names.</summary>
    public static Listed<TRow> Of(HttpMessageHandler handler, Resource<TRow> resource, params string[] names) =>
        Of(handler, resource, Run.All, new NameFilter<TRow>(names, null));

    public static Listed<TRow> Of(HttpMessageHandler handler, Resource<TRow> resource, RowRange range, NameFilter<TRow> filter)
    {
        using var work = new OrderedJobQueue<string>(10, CancellationToken.None);
        foreach (var (name, job) in Run.Connect(handler).List(FakeRegistry.Endpoint, resource, range, filter)) work.Add(name ?? "list", job);
        var messages = new List<JobMessage>();
        Exception? failure = null;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is { } message) messages.Add(message);
            failure ??= next.Failure;
        }

        return new Listed<TRow>(messages, failure);
    }
}
