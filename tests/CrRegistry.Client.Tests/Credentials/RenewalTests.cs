using CrRegistry.Client.Credentials;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The renewal of a temporary credential.</summary>
public sealed class RenewalTests : ICredentialSource
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly RefreshingCredentialProvider _provider;
    private DateTimeOffset _now = s_start;
    private int _asked;
    private CancellationToken _lastAsked;
    private Func<int, Task<Credential>> _answer;

    public RenewalTests()
    {
        _answer = number => Task.FromResult(Temporary(number, _now.AddHours(1)));
        _provider = new RefreshingCredentialProvider(new CredentialChain(this), () => _now);
    }

    async Task<CredentialResult> ICredentialSource.AskAsync(CancellationToken cancellationToken)
    {
        _lastAsked = cancellationToken;
        return CredentialResult.Found(await _answer(Interlocked.Increment(ref _asked)), this, "the test");
    }

    string? ICredentialSource.Offer(CancellationToken cancellationToken) => null;

    [Fact]
    public async Task Keeps_credential_until_180_seconds_before_expiration()
    {
        Assert.Equal("id-1", await GetAsync());
        _now = s_start.AddSeconds(3600 - 181);
        Assert.Equal("id-1", await GetAsync());
        _now = s_start.AddSeconds(3600 - 180);
        Assert.Equal("id-2", await GetAsync());
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Keeps_permanent_credential()
    {
        _answer = number => Task.FromResult(new Credential($"id-{number}", "test-secret"));

        Assert.Equal("id-1", await GetAsync());
        _now = s_start.AddYears(10);
        Assert.Equal("id-1", await GetAsync());
    }

    [Fact]
    public async Task Renews_once_for_all_waiting_callers()
    {
        var gate = Gate();
        await GetAsync();
        _now = s_start.AddMinutes(58);

        var waiting = Enumerable.Range(0, 20).Select(_ => GetAsync()).ToArray();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), id => Assert.Equal("id-2", id));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Uses_credential_until_it_expires_if_renewal_fails()
    {
        await GetAsync();
        _answer = _ => throw new CrApiException("No.") { Code = CrErrorCode.CredentialUnavailable };
        _now = s_start.AddMinutes(58);

        Assert.Equal("id-1", await GetAsync());
        Assert.Equal("id-1", await GetAsync());
        Assert.Equal(2, _asked);

        _now = _now.AddSeconds(15);
        Assert.Equal("id-1", await GetAsync());
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task Reports_failed_renewal_after_expiration()
    {
        await GetAsync();
        var answer = _answer;
        _answer = _ => throw new CrApiException("No.") { Code = CrErrorCode.CredentialUnavailable };
        _now = s_start.AddHours(1);

        await Assert.ThrowsAsync<CrApiException>(GetAsync);
        await Assert.ThrowsAsync<CrApiException>(GetAsync);
        _answer = answer;
        Assert.Equal("id-4", await GetAsync());
    }

    [Fact]
    public async Task Pause_ends_at_expiration()
    {
        _answer = number => Task.FromResult(Temporary(number, _now.AddSeconds(5)));
        Assert.Equal("id-1", await GetAsync());
        Assert.Equal("id-1", await GetAsync());
        _now = _now.AddSeconds(5);
        Assert.Equal("id-2", await GetAsync());
    }

    [Fact]
    public async Task Rejects_expired_new_credential()
    {
        _answer = number => Task.FromResult(Temporary(number, _now));

        var failure = await Assert.ThrowsAsync<CrApiException>(GetAsync);

        Assert.Equal(CrErrorCode.CredentialUnavailable, failure.Code);
        Assert.Contains("The new credential 'id-1' expired at '2026-01-02 03:04:05Z'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceled_caller_returns_immediately_without_effect_on_others()
    {
        var gate = Gate();
        await GetAsync();
        _now = s_start.AddMinutes(58);
        using var cancellation = new CancellationTokenSource();

        var first = _provider.GetAsync(cancellation.Token);
        var second = GetAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        gate.SetResult();
        Assert.Equal("id-2", await second);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Last_canceled_caller_cancels_search()
    {
        await GetAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = _answer;
        _answer = async _ =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, _lastAsked);
            return null!;
        };
        _now = s_start.AddMinutes(58);
        using CancellationTokenSource first = new(), second = new();
        Task[] waiting = [_provider.GetAsync(first.Token), _provider.GetAsync(second.Token)];
        await asked.Task;
        var search = _lastAsked;

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        Assert.False(search.IsCancellationRequested);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[1]);
        Assert.True(search.IsCancellationRequested);

        _answer = answer;
        Assert.Equal("id-3", await GetAsync());
    }

    [Fact]
    public async Task Renews_rejected_credential_once_for_all_callers()
    {
        var rejected = await _provider.GetAsync(CancellationToken.None);
        var gate = Gate();

        Task<Credential>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => _provider.RenewAsync(rejected, CancellationToken.None))];
        waiting = [.. waiting, _provider.GetAsync(CancellationToken.None)];
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), credential => Assert.Equal("id-2", credential.AccessKeyId));
        Assert.Equal("id-2", (await _provider.RenewAsync(rejected, CancellationToken.None)).AccessKeyId);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Returns_rejected_credential_if_there_is_no_other()
    {
        _answer = _ => Task.FromResult(Temporary(1, s_start.AddHours(1)));
        var rejected = await _provider.GetAsync(CancellationToken.None);

        Assert.Same(rejected, await _provider.RenewAsync(rejected, CancellationToken.None));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Does_not_use_rejected_credential_after_failed_renewal()
    {
        var rejected = await _provider.GetAsync(CancellationToken.None);
        _answer = _ => throw new CrApiException("No.") { Code = CrErrorCode.CredentialUnavailable };

        await Assert.ThrowsAsync<CrApiException>(() => _provider.RenewAsync(rejected, CancellationToken.None));
        await Assert.ThrowsAsync<CrApiException>(GetAsync);
    }

    private static Credential Temporary(int number, DateTimeOffset end) => new($"id-{number}", "test-secret", "test-token") { Expiration = end };

    private async Task<string> GetAsync() => (await _provider.GetAsync(CancellationToken.None)).AccessKeyId;

    /// <summary>Holds every reply except the first.</summary>
    private TaskCompletionSource Gate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = _answer;
        _answer = async number =>
        {
            if (number > 1) await gate.Task;
            return await answer(number);
        };
        return gate;
    }
}
