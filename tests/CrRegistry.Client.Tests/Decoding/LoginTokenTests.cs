using System.Buffers;
using System.Net;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>ListInstanceEndpoint and GetAuthorizationToken, sent by the job of a login.</summary>
public sealed class LoginTokenTests : IDisposable
{
    private const string Token = "made-up-part:another+part/of=it";
    private const string Public = "shop-registry.cn-row.cr.example";
    private const string Vpc = "shop-registry-vpc.cn-row.cr.example";

    private readonly FakeRegistry _registry = new();

    public static TheoryData<string, string, string> Replies => new()
    {
        {
            "application/json",
            """{"RequestId":"R-1","ExpireTime":1622222222000,"Code":"success","IsSuccess":true,"TempUsername":"temporary_user","AuthorizationToken":"made-up-part:another+part/of=it"}""",
            """
            {"Code":"success","IsSuccess":true,"RequestId":"R-2","Endpoints":[
            {"Status":"RUNNING","EndpointType":"Internet","AclEnable":true,"Enable":true,"Domains":[{"Type":"USER","Domain":"images.example"},{"Type":"SYSTEM","Domain":"shop-registry.cn-row.cr.example"}],
            "LinkedVpcs":[{"VpcId":"null"}],"AclEntries":[{"Entry":"null"}]},
            {"Status":"RUNNING","EndpointType":"vpc","AclEnable":false,"Enable":true,"Domains":[{"Type":"SYSTEM","Domain":"shop-registry-vpc.cn-row.cr.example"}],"LinkedVpcs":[{"VpcId":"vpc-a"},{"VpcId":"vpc-b"}]}]}
            """
        },
        {
            // The XML has no ExpireTime.
            "text/xml",
            "<AuthorizationToken>made-up-part:another+part/of=it</AuthorizationToken><Code>success</Code><ExpireTime/><IsSuccess>true</IsSuccess><RequestId>R-1</RequestId><TempUsername>temporary_user</TempUsername>",
            """
            <Endpoints><Status>RUNNING</Status><AclEnable>true</AclEnable><EndpointType>internet</EndpointType><Enable>true</Enable><Domains><Type>USER</Type><Domain>images.example</Domain></Domains>
            <Domains><Type>SYSTEM</Type><Domain>shop-registry.cn-row.cr.example</Domain></Domains><AclEntries><Entry>null</Entry></AclEntries><LinkedVpcs><VpcId>null</VpcId></LinkedVpcs></Endpoints>
            <Endpoints><EndpointType>vpc</EndpointType><Enable>true</Enable><Domains><Type>SYSTEM</Type><Domain>shop-registry-vpc.cn-row.cr.example</Domain></Domains></Endpoints>
            <IsSuccess>true</IsSuccess><RequestId>R-2</RequestId><Code>success</Code>
            """
        },
    };

    public void Dispose() => _registry.Dispose();

    [Theory]
    [MemberData(nameof(Replies))]
    public void Reads_replies(string contentType, string token, string endpoints)
    {
        foreach (var isVpc in new[] { false, true })
        {
            var login = LogIn(endpoints, token, isVpc, contentType: contentType).AssertToken();

            Assert.Equal((isVpc ? Vpc : Public, "temporary_user", Token), (login.Server, login.UserName, Text(login.Password)));
            Assert.Equal((FakeRegistry.InstanceId, "cn-asked", login.Server), (login.InstanceId, login.RegionId, login.ToString()));
            Assert.Equal(contentType == "text/xml" ? null : DateTimeOffset.FromUnixTimeMilliseconds(1622222222000).LocalDateTime, login.ExpireTime);
        }
    }

    [Theory]
    [InlineData(null, "ListInstanceEndpoint InstanceId=cri-test ModuleName=Registry; GetAuthorizationToken InstanceId=cri-test")]
    [InlineData(24, "ListInstanceEndpoint InstanceId=cri-test ModuleName=Registry; GetAuthorizationToken ExpiresInHours=24 InstanceId=cri-test")]
    public void Requests_token_after_domain(int? hours, string requests)
    {
        LogIn(Endpoint("internet", Domain(Public)), TokenReply(), expiresInHours: hours).AssertToken();

        string[] own = ["InstanceId", "ModuleName", "Summary", "ExpiresInHours"];
        Assert.Equal(requests, string.Join("; ", _registry.Requests.Select(request =>
            string.Join(' ', request.Parameters.Where(pair => own.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}").Prepend(request.Action)))));
    }

    [Theory]
    [InlineData("""{"EndpointType":"internet","Domains":[{"Type":"USER","Domain":"images.example"}]}""", "images.example")]
    [InlineData("""{"EndpointType":"internet","Domains":[null,{"Domain":""},{"Type":"system","Domain":"a.example"}]}""", "a.example")]
    [InlineData("""null,{"EndpointType":"internet","Enable":false,"Domains":[{"Type":"SYSTEM","Domain":"off.example"}]},{"EndpointType":"internet","Enable":"true","Domains":[{"Type":"SYSTEM","Domain":"on.example"}]}""", "on.example")]
    public void Finds_domain(string endpoints, string server) =>
        Assert.Equal(server, LogIn($$"""{"Code":"success","Endpoints":[{{endpoints}}]}""", TokenReply()).AssertToken().Server);

    [Theory]
    [InlineData(false, "", "The instance has no public endpoint.")]
    [InlineData(true, "", "The instance has no VPC endpoint.")]
    [InlineData(false, """{"EndpointType":"vpc","Enable":true,"Domains":[{"Domain":"a.example"}]},{"Domains":[{"Domain":"b.example"}]}""", "The instance has no public endpoint.")]
    [InlineData(true, """{"EndpointType":"internet","Enable":true,"Domains":[{"Domain":"a.example"}]},{"Domains":[{"Domain":"b.example"}]}""", "The instance has no VPC endpoint.")]
    [InlineData(false, """{"EndpointType":"internet","Enable":false,"Domains":[{"Domain":"a.example"}]}""", "The public endpoint of the instance is disabled.")]
    [InlineData(true, """{"EndpointType":"vpc","Enable":"false","Domains":[{"Domain":"a.example"}]}""", "The VPC endpoint of the instance is disabled.")]
    [InlineData(false, """{"EndpointType":"internet","Enable":0,"Domains":[{"Domain":"a.example"}]}""", "The public endpoint of the instance is disabled.")]
    [InlineData(false, """{"EndpointType":"internet","Enable":true,"Domains":[]}""", "The public endpoint of the instance has no domain.")]
    [InlineData(false, """{"EndpointType":"internet","Enable":true}""", "The public endpoint of the instance has no domain.")]
    public void Creates_no_token_without_domain(bool isVpc, string endpoints, string problem)
    {
        var failure = LogIn($$"""{"Code":"success","RequestId":"R-3","Endpoints":[{{endpoints}}]}""", TokenReply(), isVpc).AssertFailure();

        Assert.Equal((isVpc ? CrErrorCode.VpcEndpointUnavailable : CrErrorCode.PublicEndpointUnavailable, problem, "R-3"), (failure.Code, failure.Message, failure.RequestId));
        Assert.Equal("ListInstanceEndpoint", Assert.Single(_registry.Requests).Action);
    }

    [Theory]
    [InlineData("-config.example")]
    [InlineData("a.example --config=x")]
    [InlineData("a.example\\u000a")]
    [InlineData("a.example/path")]
    [InlineData("https://a.example")]
    [InlineData("user@a.example")]
    [InlineData("a.example;b")]
    [InlineData("$(b)")]
    public void Rejects_domain_that_is_more_than_one_argument(string domain)
    {
        var failure = LogIn(Endpoint("internet", Domain(domain)), TokenReply()).AssertFailure();

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains("its domain '", failure.Message, StringComparison.Ordinal);
        Assert.Single(_registry.Requests);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("-1")]
    public void Has_no_time_if_service_has_none(string time) => Assert.Null(LogIn(Endpoint("internet", Domain(Public)), TokenReply(time: time)).AssertToken().ExpireTime);

    [Theory]
    [InlineData("", "temporary_user", "0", "it has no AuthorizationToken")]
    [InlineData(Token, "", "0", "it has no TempUsername")]
    [InlineData(Token + "\\u000a", "temporary_user", "0", "its AuthorizationToken contains an invalid character")]
    [InlineData(Token + "\\u001b[31m", "temporary_user", "0", "its AuthorizationToken contains an invalid character")]
    [InlineData(Token, "temporary:" + Token, "0", "its TempUsername contains an invalid character")]
    [InlineData(Token, "temporary\\u0000" + Token, "0", "its TempUsername contains an invalid character")]
    [InlineData(Token, "temporary_user", "\"" + Token + "\"", "its ExpireTime is not a time")]
    public void Rejects_invalid_token(string token, string user, string time, string problem)
    {
        var failure = LogIn(Endpoint("internet", Domain(Public)), TokenReply(token, user, time)).AssertFailure();

        Assert.Equal($"The reply to GetAuthorizationToken is not usable because {problem}.", failure.Message);
        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
    }

    [Fact]
    public void Rejects_token_that_is_too_long()
    {
        var failure = LogIn(Endpoint("internet", Domain(Public)), TokenReply(new string('x', 65_537))).AssertFailure();

        Assert.Equal("The reply to GetAuthorizationToken is not usable because its AuthorizationToken has more than 65536 characters.", failure.Message);
    }

    // A failure quotes neither the body nor its beginning.
    [Theory]
    [InlineData(HttpStatusCode.OK, "application/json", """{"Code":"success","AuthorizationToken":"made-up-part:another+part/of=it","TempU""")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"Code":"success","AuthorizationToken":["made-up-part:another+part/of=it"]}""")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"AuthorizationToken":"made-up-part:another+part/of=it","TempUsername":"a"}""")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"Code":"success","TempUsername":"a","AuthorizationToken":"b","AuthorizationToken":"made-up-part:another+part/of=it"}""")]
    [InlineData(HttpStatusCode.OK, "text/xml", "<a><AuthorizationToken>made-up-part:another+part/of=it</AuthorizationToken>")]
    [InlineData(HttpStatusCode.OK, "text/plain", "made-up-part:another+part/of=it")]
    [InlineData(HttpStatusCode.BadGateway, "application/json", """{"TempUsername":"a","AuthorizationToken":"made-up-part:another+part/of=it"}""")]
    [InlineData(HttpStatusCode.BadGateway, "text/plain", "made-up-part:another+part/of=it")]
    public void Does_not_quote_token(HttpStatusCode status, string contentType, string body)
    {
        var failure = LogIn(Endpoint("internet", Domain(Public)), body, contentType: contentType, status: status).AssertFailure();

        Assert.DoesNotContain("made-up", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"Code":"NoPrivilege","IsSuccess":false,"Message":"denied for {token}"}""")]
    [InlineData(HttpStatusCode.OK, """{"Code":"{token}","IsSuccess":false}""")]
    [InlineData(HttpStatusCode.OK, """{"Code":"success","IsSuccess":false,"Message":"{token}"}""")]
    [InlineData(HttpStatusCode.OK, """{"Code":"success","IsSuccess":"{token}"}""")]
    [InlineData(HttpStatusCode.OK, """{"Code":"NoPrivilege","RequestId":"{token}"}""")]
    [InlineData(HttpStatusCode.OK, """{"Code":"success","TempUsername":"a","RequestId":"{token}"}""")]
    [InlineData(HttpStatusCode.OK, """{"Code":"success","TempUsername":"a","{token}":{"{token}":1},"ExpireTime":"x"}""")]
    [InlineData(HttpStatusCode.InternalServerError, """{"Code":"InternalError","Message":"{token}"}""")]
    [InlineData(HttpStatusCode.Forbidden, """{"Code":"NoPrivilege","Message":"the policy denies '{token}', which","Recommend":"https://example.invalid/{token}"}""")]
    public void Hides_token_that_reply_quotes(HttpStatusCode status, string body)
    {
        // With the field, any token is known. Without it, it is a long word.
        var token = string.Concat(Enumerable.Repeat("made-up/", 12));
        foreach (var reply in new[] { body.Replace("{token}", token, StringComparison.Ordinal), body.Replace("{token}", Token, StringComparison.Ordinal).Replace("{\"Code", $"{{\"AuthorizationToken\":\"{Token}\",\"Code", StringComparison.Ordinal) })
        {
            var outcome = LogIn(Endpoint("internet", Domain(Public)), reply, status: status);

            var failure = outcome.Failure as CrApiException;
            string?[] texts = [failure?.ToString(), failure?.Code, failure?.RequestId, failure?.Recommend, .. outcome.RequestIds];
            foreach (var text in texts) Assert.DoesNotContain("made-up", text ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hides_short_token_after_its_name()
    {
        var failure = LogIn(Endpoint("internet", Domain(Public)), $$"""{"Code":"NoPrivilege","Message":"Not allowed with AuthorizationToken={{Token}}"}""", status: HttpStatusCode.Forbidden).AssertFailure();

        Assert.Equal("GetAuthorizationToken was rejected: Not allowed with ***", failure.Message);
    }

    [Fact]
    public void Hides_token_in_request_id_of_success()
    {
        var outcome = LogIn(Endpoint("internet", Domain(Public)), TokenReply().Replace("{\"Code", $"{{\"RequestId\":\"{Token}\",\"Code", StringComparison.Ordinal));

        Assert.Equal([null, "***"], outcome.RequestIds);
        outcome.AssertToken();
    }

    [Fact]
    public void Keeps_token_out_of_pool()
    {
        // The array of one size that this thread returned last is the one that it rents next.
        var body = Encoding.UTF8.GetBytes(TokenReply());
        var rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented, 0);
        var reply = new Client.Decoding.ApiReply("GetAuthorizationToken", 200, "application/json", new ArraySegment<byte>(rented, 0, body.Length), null);

        reply.ReleaseBody(Operation.GetAuthorizationToken.ReturnsSecret);

        Assert.All(rented, one => Assert.Equal(0, one));
        Assert.Equal(["GetAuthorizationToken"], Operation.All.Where(operation => operation.ReturnsSecret).Select(operation => operation.Name));
    }

    private static string Domain(string domain) => $$"""{"Type":"SYSTEM","Domain":"{{domain}}"}""";

    private static string Endpoint(string type, string domains) => $$"""{"Code":"success","Endpoints":[{"EndpointType":"{{type}}","Enable":true,"Domains":[{{domains}}]}]}""";

    private static string TokenReply(string token = Token, string user = "temporary_user", string time = "1622222222000") =>
        $$"""{"Code":"success","TempUsername":"{{user}}","AuthorizationToken":"{{token}}","ExpireTime":{{time}}}""";

    private Outcome LogIn(string endpoints, string token, bool isVpc = false, int? expiresInHours = null, string contentType = "application/json", HttpStatusCode status = HttpStatusCode.OK)
    {
        _registry.Change = (request, _) => request.Action switch
        {
            "ListInstanceEndpoint" => FakeRegistry.Reply(HttpStatusCode.OK, endpoints.Trim(), endpoints.Contains('{', StringComparison.Ordinal) ? "application/json" : "text/xml"),
            _ => FakeRegistry.Reply(status, token.Trim(), contentType),
        };
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None) { ShowsCompletedRequests = true };
        work.Add("login", Run.Connect(_registry).LogIn(FakeRegistry.Endpoint, new InstanceScope(FakeRegistry.InstanceId, "cn-asked"), isVpc, expiresInHours));
        var outcome = new Outcome(null, null);
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is RequestCompleted request) outcome.RequestIds.Add(request.RequestId);
            if (next.Message is RowFound<LoginToken> found) outcome = outcome with { Token = found.Row };
            if (next.Failure is { } failure) outcome = outcome with { Failure = failure };
        }

        return outcome;
    }

    private static string Text(SecureString secret) => Marshal.PtrToStringUni(Marshal.SecureStringToGlobalAllocUnicode(secret))!;

    private sealed record Outcome(LoginToken? Token, Exception? Failure)
    {
        public List<string?> RequestIds { get; } = [];

        public LoginToken AssertToken()
        {
            Assert.Null(Failure);
            Assert.True(Token!.Password.IsReadOnly());
            return Token;
        }

        public CrApiException AssertFailure()
        {
            Assert.Null(Token);
            return Assert.IsType<CrApiException>(Failure);
        }
    }
}
