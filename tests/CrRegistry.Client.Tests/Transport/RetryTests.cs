using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Tests.Transport;

public sealed class RetryTests
{
    private readonly FakeRegistry _registry = FakeRegistry.WithTags(3);
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(500, "SystemError")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(504, "Whatever")]
    [InlineData(400, "SignatureNonceUsed")]
    [InlineData(200, "InternalError")]
    public void Retries_transient_failure(int status, string code)
    {
        FailFirst(3, () => FakeRegistry.Reject((HttpStatusCode)status, code));

        var run = List();

        Assert.Null(run.Failure);
        Assert.Equal(3, run.Tags.Count);
        Assert.Equal([(code, 2), (code, 3), (code, 4)], run.Retries.Select(retry => (retry.Code, retry.Number)));
    }

    [Fact]
    public void Fails_after_four_attempts()
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Reject(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"));

        var run = List();

        Assert.Equal("ServiceUnavailable", Assert.IsType<CrApiException>(run.Failure).Code);
        Assert.Equal(4, _registry.Requests.Count);
    }

    [Theory]
    [InlineData(400, "InvalidParameter")]
    [InlineData(403, "NoPrivilege")]
    [InlineData(404, "InvalidAccessKeyId.NotFound")]
    [InlineData(400, "SignatureDoesNotMatch")]
    [InlineData(200, "REPO_NOT_EXIST")]
    public void Does_not_retry_permanent_failure(int status, string code)
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Reject((HttpStatusCode)status, code));

        Assert.Equal(code, Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public void Each_attempt_has_new_nonce_and_signature()
    {
        FailFirst(3, () => FakeRegistry.Reject(HttpStatusCode.BadRequest, "SignatureNonceUsed"));

        List();

        Assert.Equal(4, _registry.Requests.Select(request => request.Headers["x-acs-signature-nonce"]).Distinct().Count());
        Assert.Equal(4, _registry.Requests.Select(request => request.Headers["authorization"]).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":"3","Images":[{"Tag":"v0"},{"Ta""")]
    [InlineData("")]
    public void Retries_truncated_reply(string body)
    {
        FailFirst(1, () => FakeRegistry.Reply(HttpStatusCode.OK, body));

        var run = List();

        Assert.Null(run.Failure);
        Assert.Equal(3, run.Tags.Count);
    }

    [Theory]
    [InlineData("<html><body><br>Sign in</body></html>", "text/html")]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":"3"}""", "application/json")]
    public void Does_not_retry_complete_invalid_reply(string body, string contentType)
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Reply(HttpStatusCode.OK, body, contentType));

        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
    }

    [Theory]
    [InlineData(400, "Throttling.User", null)]
    [InlineData(400, "Rejected.Throttling", null)]
    [InlineData(429, "Whatever", null)]
    [InlineData(403, "Throttling.User", "750")]
    [InlineData(503, "ServiceUnavailable", "750")]
    [InlineData(200, "SystemError", "750")]
    [InlineData(200, "Throttling.Api", null)]
    public void Throttling_is_limited_by_time_not_attempts(int status, string code, string? retryAfter)
    {
        FailFirst(12, () => Throttle(status, code, retryAfter));

        var run = List();

        Assert.Null(run.Failure);
        Assert.Equal(13, _registry.Requests.Count);
        if (retryAfter is not null) Assert.All(run.Retries, retry => Assert.Equal(750, retry.Delay.TotalMilliseconds, 1.0));
    }

    [Fact]
    public void Fails_after_two_minutes_of_throttling()
    {
        FailFirst(int.MaxValue, () => Throttle(400, "Throttling.User", "7000"));

        var run = List();

        Assert.Equal("Throttling.User", Assert.IsType<CrApiException>(run.Failure).Code);
        Assert.InRange(_clock.Elapsed.TotalSeconds, 119, 128);
        Assert.InRange(_registry.Requests.Count, 18, 19);
    }

    public static IEnumerable<object?[]> Rejections =>
        from rejection in new (int Status, string Code)[]
        {
            (400, "InvalidParameter"), (400, "MissingInstanceId"), (400, "SignatureDoesNotMatch"), (400, "InvalidTimeStamp.Expired"), (401, "Unheard"),
            (402, "Unheard"), (403, "NoPermission"), (403, "NoPrivilege"), (403, "Forbidden.RAM"), (404, "InvalidAccessKeyId.NotFound"),
            (404, "REPO_NOT_EXIST"), (404, "Unheard"), (409, "Unheard"), (422, "Unheard"), (451, "Unheard"), (499, "Unheard"), (200, "REPO_NOT_EXIST"), (200, "NoPrivilege"), (200, "Unheard"),
        }
        from retryAfter in new[] { null, "1", "1000", "60000", "2147483647", "99999999999", "-5", "0", "1e3", "Thu, 01 Jan 2026 00:00:00 GMT", "" }
        select new object?[] { rejection.Status, rejection.Code, retryAfter };

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Does_not_wait_for_rejection_without_throttling(int status, string code, string? retryAfter)
    {
        FailFirst(int.MaxValue, () => Throttle(status, code, retryAfter));

        Assert.Equal(code, Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Theory]
    [InlineData(403, "<html>Forbidden</html>", "text/html")]
    [InlineData(400, "", "application/json")]
    [InlineData(404, "no page", "text/plain")]
    public void Does_not_wait_for_foreign_4xx(int status, string body, string contentType)
    {
        FailFirst(int.MaxValue, () =>
        {
            var reply = FakeRegistry.Reply((HttpStatusCode)status, body, contentType);
            reply.Headers.TryAddWithoutValidation("x-acs-retry-after", "1000");
            return reply;
        });

        Assert.Equal(FormattableString.Invariant($"Http{status}"), Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
    }

    [Theory]
    [InlineData(408, "Unheard")]
    [InlineData(400, "SignatureNonceUsed")]
    public void Ignores_retry_header_of_transient_4xx(int status, string code)
    {
        FailFirst(int.MaxValue, () => Throttle(status, code, "60000"));

        Assert.Equal(code, Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Equal(4, _registry.Requests.Count);
        Assert.InRange(_clock.Elapsed.TotalSeconds, 0, 3.5);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("soon")]
    public void Invalid_time_to_wait_is_not_throttling(string retryAfter)
    {
        FailFirst(int.MaxValue, () => Throttle(400, "InvalidParameter", retryAfter));

        Assert.Equal("InvalidParameter", Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public void Counts_throttling_and_transient_failures_separately()
    {
        var replies = new Queue<Func<HttpResponseMessage>>();
        for (var round = 0; round < 3; round++)
        {
            replies.Enqueue(() => FakeRegistry.Reject(HttpStatusCode.InternalServerError, "SystemError"));
            for (var rejection = 0; rejection < 3; rejection++) replies.Enqueue(() => Throttle(400, "Throttling", "10"));
        }

        _registry.Change = (_, _) => replies.TryDequeue(out var reply) ? reply() : null;

        Assert.Null(List().Failure);
        Assert.Equal(13, _registry.Requests.Count);
    }

    [Fact]
    public void Shares_limits_among_pipelines_of_one_key()
    {
        var limiters = new RetryPolicy(_clock);

        Assert.Same(limiters.LimiterFor(FakeRegistry.Endpoint, "one"), limiters.LimiterFor(FakeRegistry.Endpoint, "one"));
        Assert.NotSame(limiters.LimiterFor(FakeRegistry.Endpoint, "one"), limiters.LimiterFor(FakeRegistry.Endpoint, "two"));
        Assert.NotSame(limiters.LimiterFor(FakeRegistry.Endpoint, "one"), limiters.LimiterFor(new Uri("http://127.0.0.1:2"), "one"));
    }

    [Fact]
    public void Shares_limits_among_connections_except_with_custom_handler()
    {
        Assert.Same(RetryPolicy.For(null), RetryPolicy.For(null));
        Assert.Same(RetryPolicy.For(_registry), RetryPolicy.For(_registry));
        Assert.NotSame(RetryPolicy.For(null), RetryPolicy.For(_registry));
        Assert.NotSame(RetryPolicy.For(FakeRegistry.WithTags(1)), RetryPolicy.For(_registry));
    }

    [Fact]
    public async Task Drops_idle_limiter_without_requests_in_flight()
    {
        var limiters = new RetryPolicy(_clock);
        using var place = await limiters.LimiterFor(FakeRegistry.Endpoint, "busy").EnterAsync(CancellationToken.None);
        for (var key = 0; key < 100; key++)
        {
            limiters.LimiterFor(FakeRegistry.Endpoint, "key" + key);
            _clock.Move(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(limiters.LimiterCount, 2, 8);
        await limiters.LimiterFor(FakeRegistry.Endpoint, "busy").EnterAsync(CancellationToken.None);
    }

    private Run List() => Run.Of(Run.Connect(_registry, _clock), Run.Query(Run.All));

    private void FailFirst(int requests, Func<HttpResponseMessage> reply)
    {
        var left = requests;
        _registry.Change = (_, _) => left-- > 0 ? reply() : null;
    }

    private static HttpResponseMessage Throttle(int status, string code, string? retryAfter)
    {
        var reply = status == 200
            ? FakeRegistry.Reply(HttpStatusCode.OK, $$"""{"Code":"{{code}}","IsSuccess":false}""")
            : FakeRegistry.Reject((HttpStatusCode)status, code);
        if (retryAfter is not null) reply.Headers.TryAddWithoutValidation("x-acs-retry-after", retryAfter);
        return reply;
    }
}
