using System.Diagnostics;
using CrRegistry.Client.Work;

namespace CrRegistry.Cmdlets.Base;

/// <summary>
/// When to take what from the work of a pipeline. It stands between a cmdlet and the client,
/// so that no cmdlet has a field of the client's: importing the module must not load it.
/// </summary>
internal sealed class WorkPump(int throttleLimit, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>An upstream that sleeps longer than this may be a person: then everything is written out before the next input is awaited.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly OrderedWork _work = new(throttleLimit, cancellationToken);
    private readonly Stopwatch _sinceLastInput = new();

    public void Add(object subject, IWork work) => _work.Add(subject, work);

    /// <summary>To be called before an input is added: everything that must be taken so that there is room for it.</summary>
    public IEnumerable<WorkEvent> UntilRoom()
    {
        while (_work.IsFull && _work.Take(wait: true) is { } next) yield return next;
    }

    /// <summary>To be called after the work of an input has been added: what is ready, or everything where somebody may be waiting for it.</summary>
    public IEnumerable<WorkEvent> AfterInput()
    {
        var somebodyWaits = !_sinceLastInput.IsRunning || _sinceLastInput.Elapsed > s_pause;
        while (_work.Take(somebodyWaits) is { } next) yield return next;
    }

    /// <summary>To be called when the upstream is about to be asked for more.</summary>
    public void InputEnded() => _sinceLastInput.Restart();

    /// <summary>Everything that is left.</summary>
    public IEnumerable<WorkEvent> UntilEnd()
    {
        while (_work.Take(wait: true) is { } next) yield return next;
    }

    public void Dispose() => _work.Dispose();
}
