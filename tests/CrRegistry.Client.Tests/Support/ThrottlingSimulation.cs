using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A client that always has as much to ask as it may, a service that throttles, and a network between them. Time is simulated: nothing waits.</summary>
internal sealed class ThrottlingSimulation(ThrottledService service, TimeSpan roundTrip, int mostUnderWay, bool withHeader)
{
    private readonly PriorityQueue<Action, TimeSpan> _events = new();
    private readonly Random _random = new(1);
    private TimeSpan _gate;
    private int _toDo;
    private int _underWay;

    public TimeSpan Now { get; private set; }

    public int Succeeded { get; private set; }

    public int Refused { get; private set; }

    public int StartedInsideGate { get; private set; }

    /// <summary>For how long the service had said that it wants no request.</summary>
    public TimeSpan TimeGated { get; private set; }

    public double RefusedShare => (double)Refused / (Refused + Succeeded);

    public void Run(int requests)
    {
        var law = new ThrottlingLaw(_random.NextDouble);
        _toDo = requests;
        while (Succeeded < requests)
        {
            var wait = _toDo > 0 && _underWay < mostUnderWay ? law.TimeToStart(Now) : null;
            if (wait == TimeSpan.Zero)
            {
                Send(law);
            }
            else if (_events.TryPeek(out _, out var next) && (wait is null || next <= Now + wait))
            {
                Now = next;
                _events.Dequeue()();
            }
            else
            {
                Now += wait!.Value;
            }
        }
    }

    private void Send(ThrottlingLaw law)
    {
        if (Now < _gate) StartedInsideGate++;
        _toDo--;
        _underWay++;
        var round = law.Start(Now);
        _events.Enqueue(() =>
        {
            var refused = service.Ask(Now);
            _events.Enqueue(() => Receive(law, round, refused), Now + HalfWay());
        }, Now + HalfWay());
    }

    private void Receive(ThrottlingLaw law, int round, TimeSpan? refused)
    {
        if (refused is { } retryAfter)
        {
            Refused++;
            _toDo++;
            law.Refuse(round, Now, withHeader ? retryAfter : null);
            if (withHeader && Now + retryAfter > _gate)
            {
                TimeGated += Now + retryAfter - (_gate > Now ? _gate : Now);
                _gate = Now + retryAfter;
            }
        }
        else
        {
            Succeeded++;
            law.Succeed(round);
        }

        _underWay--;
        law.End(Now);
    }

    /// <summary>Half of the round trip, a quarter more or less.</summary>
    private TimeSpan HalfWay() => roundTrip / 2 * (0.75 + (0.5 * _random.NextDouble()));
}
