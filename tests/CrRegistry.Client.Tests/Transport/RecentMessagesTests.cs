using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>The time limit and the memory of completion, with a clock of the test.</summary>
public sealed class RecentMessagesTests
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    private readonly TestClock _clock = new(skips: false);
    private readonly RecentMessages _recent;

    public RecentMessagesTests() => _recent = new RecentMessages(_clock);

    [Fact]
    public async Task Gives_up_within_one_second()
    {
        var (started, canceled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var answer = FindAsync("a", async (_, token) =>
        {
            using var registration = token.Register(canceled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        await started.Task;

        Assert.True(_recent.Limit < TimeSpan.FromSeconds(1));
        _clock.Move(_recent.Limit);

        Assert.Null(await answer.WaitAsync(s_guard));
        await canceled.Task.WaitAsync(s_guard);
    }

    [Fact]
    public async Task Does_not_wait_for_job_that_cannot_be_canceled()
    {
        using var release = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        var answer = FindAsync("a", (_, _) =>
        {
            started.SetResult();
            release.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });
        await started.Task;

        _clock.Move(_recent.Limit);

        Assert.Null(await answer.WaitAsync(s_guard));
        release.Set();
    }

    [Fact]
    public async Task Jobs_of_one_answer_share_the_limit()
    {
        using var limit = _recent.StartLimit();
        _clock.Move(_recent.Limit - s_millisecond);
        Assert.Equal("a", _recent.Find<TextMessage>("a", () => Writing("a"), limit.Token)?.Text);
        var started = new TaskCompletionSource();
        var second = Task.Run(() => _recent.Find<TextMessage>("b", () => new Job(async (_, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        }), limit.Token));
        await started.Task;

        _clock.Move(s_millisecond);

        Assert.Null(await second.WaitAsync(s_guard));
    }

    [Fact]
    public void Remembers_message_for_one_minute()
    {
        Assert.Equal("1", Find("a", "1"));
        _clock.Move(TimeSpan.FromMinutes(1) - s_millisecond);

        Assert.Equal("1", Find("a", "2"));
        Assert.Equal("3", Find("b", "3"));
        _clock.Move(s_millisecond);

        Assert.Equal("4", Find("a", "4"));
        Assert.Equal("3", Find("b", "5"));
    }

    [Fact]
    public async Task Does_not_remember_failure()
    {
        Assert.Null(await FindAsync("a", (_, _) => throw new CrApiException("failed") { Code = "Any" }));
        Assert.Null(await FindAsync("a", (_, _) => throw new InvalidOperationException("failed")));

        Assert.Equal("1", Find("a", "1"));
    }

    private static Job Writing(string text) => new((context, token) => context.WriteAsync(new TextMessage(text), token));

    private string? Find(string key, string text)
    {
        using var limit = _recent.StartLimit();
        return _recent.Find<TextMessage>(key, () => Writing(text), limit.Token)?.Text;
    }

    private Task<TextMessage?> FindAsync(string key, Func<JobContext, CancellationToken, Task> run) => Task.Run(() =>
    {
        using var limit = _recent.StartLimit();
        return _recent.Find<TextMessage>(key, () => new Job(run), limit.Token);
    });

    private sealed class Job(Func<JobContext, CancellationToken, Task> run) : IJob
    {
        public Task RunAsync(JobContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
