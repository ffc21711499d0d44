using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A client that always sends as many requests as it may, a service that throttles, and a network between them. Time is simulated, so that nothing waits.</summary>
internal sealed class ThrottlingSimulation
{
    private readonly TimeSpan _roundTrip;
    private readonly int _mostUnderWay;
    private readonly bool _withHeader;
    private readonly PriorityQueue<Action, TimeSpan> _events = new();
    private readonly Random _random;
    private readonly AdaptiveRateController _law;
    private TimeSpan _gate;
    private int _toDo;
    private int _underWay;

    public ThrottlingSimulation(ThrottledService service, TimeSpan roundTrip, int mostUnderWay, bool withHeader, int seed = 1)
    {
        (Service, _roundTrip, _mostUnderWay, _withHeader, _random) = (service, roundTrip, mostUnderWay, withHeader, new Random(seed));
        _law = new AdaptiveRateController(_random.NextDouble);
    }

    /// <summary>The service for all further requests.</summary>
    public ThrottledService Service { get; set; }

    public TimeSpan Now { get; private set; }

    public int Succeeded { get; private set; }

    public int Rejected { get; private set; }

    public int StartedInsideGate { get; private set; }

    /// <summary>The time for which the service had rejected requests.</summary>
    public TimeSpan TimeGated { get; private set; }

    public double RejectedShare => (double)Rejected / (Rejected + Succeeded);

    /// <summary>Reads a list. The controller keeps its state from earlier lists.</summary>
    public void Run(int requests)
    {
        _toDo = requests;
        for (var last = Succeeded + requests; Succeeded < last;)
        {
            var wait = _toDo > 0 && _underWay < _mostUnderWay ? _law.TimeToStart(Now) : null;
            if (wait == TimeSpan.Zero)
            {
                Send();
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

    private void Send()
    {
        if (Now < _gate) StartedInsideGate++;
        _toDo--;
        _underWay++;
        var round = _law.Start(Now);
        _events.Enqueue(() =>
        {
            var rejected = Service.Ask(Now);
            _events.Enqueue(() => Receive(round, rejected), Now + HalfWay());
        }, Now + HalfWay());
    }

    private void Receive(int round, TimeSpan? rejected)
    {
        if (rejected is { } retryAfter)
        {
            Rejected++;
            _toDo++;
            _law.Reject(round, Now, _withHeader ? retryAfter : null);
            if (_withHeader && Now + retryAfter > _gate)
            {
                TimeGated += Now + retryAfter - (_gate > Now ? _gate : Now);
                _gate = Now + retryAfter;
            }
        }
        else
        {
            Succeeded++;
            _law.Succeed(round);
        }

        _underWay--;
        _law.End(Now);
    }

    /// <summary>Returns half of the round trip, a quarter more or less.</summary>
    private TimeSpan HalfWay() => _roundTrip / 2 * (0.75 + (0.5 * _random.NextDouble()));
}
