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
    public async Task It_is_kept_until_180_seconds_before_its_end()
    {
        Assert.Equal("id-1", await GetAsync());
        _now = s_start.AddSeconds(3600 - 181);
        Assert.Equal("id-1", await GetAsync());
        _now = s_start.AddSeconds(3600 - 180);
        Assert.Equal("id-2", await GetAsync());
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_lasting_one_is_kept()
    {
        _answer = number => Task.FromResult(new Credential($"id-{number}", "test-secret"));

        Assert.Equal("id-1", await GetAsync());
        _now = s_start.AddYears(10);
        Assert.Equal("id-1", await GetAsync());
    }

    [Fact]
    public async Task It_is_renewed_once_for_all_who_wait()
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
    public async Task While_it_has_not_ended_it_is_used_where_the_renewal_fails_and_tried_again_after_a_pause()
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
    public async Task After_its_end_a_failure_is_one_and_is_not_kept()
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
    public async Task The_pause_does_not_outlast_it()
    {
        _answer = number => Task.FromResult(Temporary(number, _now.AddSeconds(5)));
        Assert.Equal("id-1", await GetAsync());
        Assert.Equal("id-1", await GetAsync());
        _now = _now.AddSeconds(5);
        Assert.Equal("id-2", await GetAsync());
    }

    [Fact]
    public async Task One_that_had_ended_when_it_came_is_none()
    {
        _answer = number => Task.FromResult(Temporary(number, _now));

        var failure = await Assert.ThrowsAsync<CrApiException>(GetAsync);

        Assert.Equal(CrErrorCode.CredentialUnavailable, failure.Code);
        Assert.Contains("The new credential 'id-1' expired at '2026-01-02 03:04:05Z'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_returns_at_once_and_disturbs_nobody()
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
    public async Task The_last_who_gives_up_ends_the_search_and_the_next_begins_another()
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
    public async Task All_who_were_refused_are_given_one_new_one()
    {
        var refused = await _provider.GetAsync(CancellationToken.None);
        var gate = Gate();

        Task<Credential>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => _provider.RenewAsync(refused, CancellationToken.None))];
        waiting = [.. waiting, _provider.GetAsync(CancellationToken.None)];
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), credential => Assert.Equal("id-2", credential.AccessKeyId));
        Assert.Equal("id-2", (await _provider.RenewAsync(refused, CancellationToken.None)).AccessKeyId);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task One_that_cannot_be_had_anew_comes_back_itself()
    {
        _answer = _ => Task.FromResult(Temporary(1, s_start.AddHours(1)));
        var refused = await _provider.GetAsync(CancellationToken.None);

        Assert.Same(refused, await _provider.RenewAsync(refused, CancellationToken.None));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task One_that_was_refused_is_not_used_again_where_the_renewal_fails()
    {
        var refused = await _provider.GetAsync(CancellationToken.None);
        _answer = _ => throw new CrApiException("No.") { Code = CrErrorCode.CredentialUnavailable };

        await Assert.ThrowsAsync<CrApiException>(() => _provider.RenewAsync(refused, CancellationToken.None));
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
