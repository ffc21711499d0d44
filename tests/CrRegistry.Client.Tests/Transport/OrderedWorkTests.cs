using CrRegistry.Client.Work;

namespace CrRegistry.Client.Tests.Transport;

public sealed class OrderedWorkTests
{
    [Fact]
    public void Messages_come_in_the_order_of_the_work_and_failures_in_their_turn()
    {
        using var work = new OrderedWork(3, CancellationToken.None);
        var second = new TaskCompletionSource();
        work.Add("a", new Job(async context =>
        {
            await second.Task;
            await context.WriteAsync("a1", CancellationToken.None);
        }));
        work.Add("b", new Job(async context =>
        {
            await context.WriteAsync("b1", CancellationToken.None);
            second.SetResult();
            throw new InvalidOperationException("b failed");
        }));

        var events = new List<string>();
        while (work.Take(wait: true) is { } next) events.Add($"{next.Subject}:{next.Message ?? next.Failure?.Message ?? "end"}");

        Assert.Equal(["a:a1", "a:end", "b:b1", "b:b failed"], events);
    }

    [Fact]
    public void Nothing_is_taken_that_is_not_ready_unless_asked_to_wait()
    {
        using var work = new OrderedWork(1, CancellationToken.None);
        var go = new TaskCompletionSource();
        work.Add("a", new Job(async _ => await go.Task));

        Assert.Null(work.Take(wait: false));
        Assert.True(work.IsFull);
        go.SetResult();
        Assert.Equal("a", work.Take(wait: true)!.Subject);
        Assert.False(work.IsFull);
    }

    [Fact]
    public async Task Work_sleeps_while_its_consumer_has_too_much_before_it()
    {
        using var work = new OrderedWork(1, CancellationToken.None);
        var written = 0;
        work.Add("a", new Job(async context =>
        {
            for (; written < 1000; written++) await context.WriteAsync(written, CancellationToken.None);
        }));
        var first = work.Take(wait: true)!.Message;
        for (var before = -1; before != Volatile.Read(ref written); await Task.Delay(50)) before = Volatile.Read(ref written);

        Assert.Equal(0, first);
        Assert.InRange(Volatile.Read(ref written), 1, 20);
    }

    [Fact]
    public void A_flush_waits_until_the_consumer_comes_back_for_more()
    {
        using var work = new OrderedWork(1, CancellationToken.None);
        var flushed = false;
        work.Add("a", new Job(async context =>
        {
            await context.WriteAsync("1", CancellationToken.None);
            await context.FlushAsync(CancellationToken.None);
            flushed = true;
            await context.WriteAsync("2", CancellationToken.None);
        }));

        Assert.Equal("1", work.Take(wait: true)!.Message);
        Assert.False(flushed);
        Assert.Equal("2", work.Take(wait: true)!.Message);
        Assert.True(flushed);
    }

    private sealed class Job(Func<WorkContext, Task> run) : IWork
    {
        public Task RunAsync(WorkContext context, CancellationToken cancellationToken) => run(context);
    }
}
