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
    public void What_may_pass_is_tried_again(int status, string code)
    {
        FailFirst(3, () => FakeRegistry.Refuse((HttpStatusCode)status, code));

        var run = List();

        Assert.Null(run.Failure);
        Assert.Equal(3, run.Tags.Count);
        Assert.Equal([(code, 2), (code, 3), (code, 4)], run.Retries.Select(retry => (retry.Code, retry.Number)));
    }

    [Fact]
    public void Four_tries_are_all()
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Refuse(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"));

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
    public void What_would_fail_again_is_not_tried_again(int status, string code)
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Refuse((HttpStatusCode)status, code));

        Assert.Equal(code, Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public void Each_try_has_a_nonce_and_a_signature_of_its_own()
    {
        FailFirst(3, () => FakeRegistry.Refuse(HttpStatusCode.BadRequest, "SignatureNonceUsed"));

        List();

        Assert.Equal(4, _registry.Requests.Select(request => request.Headers["x-acs-signature-nonce"]).Distinct().Count());
        Assert.Equal(4, _registry.Requests.Select(request => request.Headers["authorization"]).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":"3","Images":[{"Tag":"v0"},{"Ta""")]
    [InlineData("")]
    public void A_reply_that_ends_in_the_middle_is_asked_for_again(string body)
    {
        FailFirst(1, () => FakeRegistry.Reply(HttpStatusCode.OK, body));

        var run = List();

        Assert.Null(run.Failure);
        Assert.Equal(3, run.Tags.Count);
    }

    [Theory]
    [InlineData("<html><body><br>Sign in</body></html>", "text/html")]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":"3"}""", "application/json")]
    public void A_whole_reply_that_is_wrong_is_not_asked_for_again(string body, string contentType)
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
    public void Throttling_counts_against_time_and_not_against_tries(int status, string code, string? retryAfter)
    {
        FailFirst(12, () => Throttle(status, code, retryAfter));

        var run = List();

        Assert.Null(run.Failure);
        Assert.Equal(13, _registry.Requests.Count);
        if (retryAfter is not null) Assert.All(run.Retries, retry => Assert.Equal(750, retry.Delay.TotalMilliseconds, 1.0));
    }

    [Fact]
    public void Throttling_that_goes_on_for_two_minutes_is_an_error()
    {
        FailFirst(int.MaxValue, () => Throttle(400, "Throttling.User", "7000"));

        var run = List();

        Assert.Equal("Throttling.User", Assert.IsType<CrApiException>(run.Failure).Code);
        Assert.InRange(_clock.Elapsed.TotalSeconds, 119, 128);
        Assert.InRange(_registry.Requests.Count, 18, 19);
    }

    public static IEnumerable<object?[]> Refusals =>
        from refusal in new (int Status, string Code)[]
        {
            (400, "InvalidParameter"), (400, "MissingInstanceId"), (400, "SignatureDoesNotMatch"), (400, "InvalidTimeStamp.Expired"), (401, "Unheard"),
            (402, "Unheard"), (403, "NoPermission"), (403, "NoPrivilege"), (403, "Forbidden.RAM"), (404, "InvalidAccessKeyId.NotFound"),
            (404, "REPO_NOT_EXIST"), (404, "Unheard"), (409, "Unheard"), (422, "Unheard"), (451, "Unheard"), (499, "Unheard"), (200, "REPO_NOT_EXIST"), (200, "NoPrivilege"), (200, "Unheard"),
        }
        from retryAfter in new[] { null, "1", "1000", "60000", "2147483647", "99999999999", "-5", "0", "1e3", "Thu, 01 Jan 2026 00:00:00 GMT", "" }
        select new object?[] { refusal.Status, refusal.Code, retryAfter };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_that_is_not_throttling_is_never_waited_for_whatever_its_headers(int status, string code, string? retryAfter)
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
    public void Nor_is_a_status_4xx_of_somebody_in_the_services_place(int status, string body, string contentType)
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
    public void What_is_tried_four_times_with_a_status_4xx_pauses_no_longer_for_a_header(int status, string code)
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
    public void A_time_to_wait_that_is_none_does_not_make_a_failure_one_of_throttling(string retryAfter)
    {
        FailFirst(int.MaxValue, () => Throttle(400, "InvalidParameter", retryAfter));

        Assert.Equal("InvalidParameter", Assert.IsType<CrApiException>(List().Failure).Code);
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public void Throttling_and_failures_that_may_pass_are_counted_apart()
    {
        var replies = new Queue<Func<HttpResponseMessage>>();
        for (var round = 0; round < 3; round++)
        {
            replies.Enqueue(() => FakeRegistry.Refuse(HttpStatusCode.InternalServerError, "SystemError"));
            for (var refusal = 0; refusal < 3; refusal++) replies.Enqueue(() => Throttle(400, "Throttling", "10"));
        }

        _registry.Change = (_, _) => replies.TryDequeue(out var reply) ? reply() : null;

        Assert.Null(List().Failure);
        Assert.Equal(13, _registry.Requests.Count);
    }

    [Fact]
    public void Pipelines_of_one_key_share_what_was_learnt_of_the_service_and_other_keys_have_no_part_in_it()
    {
        var limiters = new RetryPolicy(_clock);

        Assert.Same(limiters.LimiterFor(FakeRegistry.Endpoint, "one"), limiters.LimiterFor(FakeRegistry.Endpoint, "one"));
        Assert.NotSame(limiters.LimiterFor(FakeRegistry.Endpoint, "one"), limiters.LimiterFor(FakeRegistry.Endpoint, "two"));
        Assert.NotSame(limiters.LimiterFor(FakeRegistry.Endpoint, "one"), limiters.LimiterFor(new Uri("http://127.0.0.1:2"), "one"));
    }

    [Fact]
    public void Connections_of_the_process_share_the_limits_but_not_with_what_takes_the_networks_place()
    {
        Assert.Same(RetryPolicy.For(null), RetryPolicy.For(null));
        Assert.Same(RetryPolicy.For(_registry), RetryPolicy.For(_registry));
        Assert.NotSame(RetryPolicy.For(null), RetryPolicy.For(_registry));
        Assert.NotSame(RetryPolicy.For(FakeRegistry.WithTags(1)), RetryPolicy.For(_registry));
    }

    [Fact]
    public async Task Who_has_not_been_asked_for_a_while_is_forgotten_but_not_while_a_request_is_under_way()
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
            : FakeRegistry.Refuse((HttpStatusCode)status, code);
        if (retryAfter is not null) reply.Headers.TryAddWithoutValidation("x-acs-retry-after", retryAfter);
        return reply;
    }
}
