using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>The times when a pipeline waits for jobs, and when it continues with the next input.</summary>
public sealed class JobPumpTests : IJobReceiver, IDisposable
{
    private readonly List<string> _seen = [];
    private JobPump _pump;
    private TimeSpan _now;

    public JobPumpTests() => _pump = NewPump(throttleLimit: 4);

    public void Dispose() => _pump.Dispose();

    [Fact]
    public void The_first_input_is_written_out_before_the_next_is_awaited()
    {
        Input("a", Task.CompletedTask);

        Assert.Equal(["a", "a ended"], _seen);
    }

    [Fact]
    public void Inputs_that_follow_quickly_are_worked_on_side_by_side()
    {
        var gate = new TaskCompletionSource();
        Input("a", Task.CompletedTask);
        _now += TimeSpan.FromMilliseconds(150);

        Input("b", gate.Task);
        Input("c", Task.CompletedTask);
        Input("d", Task.CompletedTask);

        Assert.Equal(["a", "a ended"], _seen);
        gate.SetResult();
        _pump.Drain();
        Assert.Equal(["a", "a ended", "b", "b ended", "c", "c ended", "d", "d ended"], _seen);
    }

    [Fact]
    public void An_input_after_a_pause_is_written_out_before_the_next_is_awaited()
    {
        Input("a", Task.CompletedTask);
        _now += TimeSpan.FromMilliseconds(250);

        Input("b", Task.CompletedTask);

        Assert.Equal(["a", "a ended", "b", "b ended"], _seen);
    }

    [Fact]
    public void The_pause_is_that_after_the_last_input()
    {
        var gate = new TaskCompletionSource();
        Input("a", Task.CompletedTask);
        for (var n = 0; n < 3; n++)
        {
            _now += TimeSpan.FromMilliseconds(150);
            Input("b", gate.Task);
        }

        Assert.Equal(["a", "a ended"], _seen);
        gate.SetResult();
    }

    [Fact]
    public void What_is_ready_is_written_with_the_next_input()
    {
        var gate = new TaskCompletionSource();
        var job = new Job(Task.CompletedTask);
        Input("a", Task.CompletedTask);
        _pump.InputBegins();
        _pump.Add(new TestInput("b"), job);
        Assert.True(job.Ended.Wait(TimeSpan.FromMinutes(1)));

        Input("c", gate.Task);

        Assert.Contains("b", _seen);
        gate.SetResult();
    }

    [Fact]
    public void No_more_work_is_begun_than_the_limit_says()
    {
        _pump.Dispose();
        _pump = NewPump(throttleLimit: 1);
        _pump.InputBegins();
        _pump.Add(new TestInput("a"), new Job(Task.CompletedTask, "a"));

        _pump.Add(new TestInput("b"), new Job(Task.CompletedTask));

        Assert.Equal(["a", "a ended"], _seen);
    }

    [Fact]
    public void A_failure_comes_with_its_end()
    {
        Input("a", Task.FromException(new InvalidOperationException("why")));

        Assert.Equal(["a ended: why"], _seen);
    }

    void IJobReceiver.WriteTrace(string text) => _seen.Add(text);

    void IJobReceiver.WriteSignedText(string text) => _seen.Add(text);

    void IJobReceiver.Receive(JobInput input, JobMessage message) => _seen.Add(((TextMessage)message).Text);

    void IJobReceiver.JobEnded(JobInput input, Exception? failure) => _seen.Add($"{input.Name} ended{(failure is null ? "" : ": " + failure.Message)}");

    private JobPump NewPump(int throttleLimit) => new(throttleLimit, showsSignedRequests: false, showsCompletedRequests: false, this, () => _now, CancellationToken.None);

    private void Input(string name, Task ready)
    {
        _pump.InputBegins();
        _pump.Add(new TestInput(name), new Job(ready, name));
        _pump.InputEnds();
    }

    private sealed record TestInput(string Name) : JobInput(Name);

    private sealed class Job(Task ready, string name = "b") : IJob
    {
        public ManualResetEventSlim Ended { get; } = new();

        public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await ready;
            await context.WriteAsync(new TextMessage(name), cancellationToken);
            Ended.Set();
        }
    }
}
