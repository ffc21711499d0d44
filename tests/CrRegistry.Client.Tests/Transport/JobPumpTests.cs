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
    public void Writes_output_of_first_input_before_next()
    {
        Input("a", Task.CompletedTask);

        Assert.Equal(["a", "a ended"], _seen);
    }

    [Fact]
    public void Runs_jobs_of_quick_inputs_in_parallel()
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
    public void Writes_output_of_input_after_pause_before_next()
    {
        Input("a", Task.CompletedTask);
        _now += TimeSpan.FromMilliseconds(250);

        Input("b", Task.CompletedTask);

        Assert.Equal(["a", "a ended", "b", "b ended"], _seen);
    }

    [Fact]
    public void Measures_pause_from_last_input()
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
    public void Writes_ready_output_with_next_input()
    {
        var gate = new TaskCompletionSource();
        var job = new Job(Task.CompletedTask);
        Input("a", Task.CompletedTask);
        _pump.InputBegins();
        _pump.Add(new JobInput("b"), job);
        Assert.True(job.Ended.Wait(TimeSpan.FromMinutes(1)));

        Input("c", gate.Task);

        Assert.Contains("b", _seen);
        gate.SetResult();
    }

    [Fact]
    public void Limits_number_of_started_jobs()
    {
        _pump.Dispose();
        _pump = NewPump(throttleLimit: 1);
        _pump.InputBegins();
        _pump.Add(new JobInput("a"), new Job(Task.CompletedTask, "a"));

        _pump.Add(new JobInput("b"), new Job(Task.CompletedTask));

        Assert.Equal(["a", "a ended"], _seen);
    }

    [Fact]
    public void Job_end_has_its_failure()
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
        _pump.Add(new JobInput(name), new Job(ready, name));
        _pump.InputEnds();
    }


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
