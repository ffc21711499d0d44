using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Credentials;

/// <summary>
/// Keeps the credential that the chain found. A temporary credential is renewed before it expires, once for all waiting callers.
/// If the renewal fails, it is used until it expires. A search is canceled if no caller waits for it any longer.
/// </summary>
internal sealed class RefreshingCredentialProvider(CredentialChain chain, Func<DateTimeOffset> clock) : ICredentialProvider
{
    /// <summary>The time before its expiration at which a credential is renewed, as in the official SDKs.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromSeconds(180);

    /// <summary>The time between attempts to renew a credential that expires soon. A failing attempt may take seconds.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(15);

    private readonly object _gate = new();
    private Credential? _current;
    private DateTimeOffset _renewAt;
    private Renewal? _renewal;

    public CredentialIdentity? Identity
    {
        get
        {
            lock (_gate) return _current is { } current ? new CredentialIdentity(current.Origin, current.AccessKeyId, current.Expiration, chain.PassedOver) : null;
        }
    }

    public async Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        Renewal renewal;
        lock (_gate)
        {
            if (_current is { } current && clock() < _renewAt) return current;
            renewal = _renewal ??= new Renewal(FindAsync);
            renewal.Waiting++;
        }

        try
        {
            return await UnlessCanceledAsync(renewal.Found, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(renewal);
        }
    }

    public async Task<Credential> RenewAsync(Credential rejected, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Dropped immediately, so that no caller gets it during the renewal. The first rejected caller does this.
            if (_current is { } current && current.SignsAs(rejected)) _current = null;
        }

        var renewed = await GetAsync(cancellationToken).ConfigureAwait(false);
        return renewed.SignsAs(rejected) ? rejected : renewed;
    }

    /// <summary>Waits for the search. A canceled caller does not cancel the search for the others; the last one does.</summary>
    private void Leave(Renewal renewal)
    {
        lock (_gate)
        {
            if (--renewal.Waiting > 0 || renewal.Found.IsCompleted) return;
            if (_renewal == renewal) _renewal = null;
        }

        renewal.Stop();
    }

    private async Task<Credential> FindAsync(Renewal renewal, CancellationToken cancellationToken)
    {
        try
        {
            var found = await chain.FindAsync(cancellationToken).ConfigureAwait(false);
            if (found.Expiration <= clock())
                throw CredentialFailure.Of($"The new credential '{found.AccessKeyId}' expired at '{found.Expiration:u}' according to this computer's clock. Check the clock.");
            return Keep(found);
        }
        catch (CrApiException)
        {
            lock (_gate)
            {
                if (_current is { } current && clock() < current.Expiration) return Keep(current);
            }

            throw;
        }
        finally
        {
            lock (_gate)
            {
                if (_renewal == renewal) _renewal = null;
            }
        }
    }

    private Credential Keep(Credential credential)
    {
        lock (_gate)
        {
            _current = credential;
            _renewAt = NextRenewal(credential.Expiration, clock());
        }

        return credential;
    }

    private static DateTimeOffset NextRenewal(DateTimeOffset? end, DateTimeOffset now)
    {
        if (end is null) return DateTimeOffset.MaxValue;
        var planned = end.Value - s_ahead;
        if (planned > now) return planned;
        var afterPause = now + s_pause;
        return afterPause < end ? afterPause : end.Value;
    }

    private static async Task<T> UnlessCanceledAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(task, canceled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>A search for a credential, and the number of callers that wait for it.</summary>
    private sealed class Renewal
    {
        private readonly Action _stop;

        public Renewal(Func<Renewal, CancellationToken, Task<Credential>> findAsync)
        {
            // Not disposed, because without a timer it has no resources.
            var stopping = new CancellationTokenSource();
            _stop = stopping.Cancel;
            Found = Task.Run(() => findAsync(this, stopping.Token), CancellationToken.None);
        }

        public Task<Credential> Found { get; }

        public int Waiting { get; set; }

        public void Stop() => _stop();
    }
}
