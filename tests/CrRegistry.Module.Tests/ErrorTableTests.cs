using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class ErrorTableTests : IDisposable
{
    private const string Item = "Item";
    private const string Pipeline = "Pipeline";

    private readonly Session _session = new();

    public ErrorTableTests() => _session.Set("credential", Session.Credential("test-id", "test-secret"));

    /// <summary>Code, HTTP status, category, scope, and words of the advice or null, in the order of the table's rows.</summary>
    public static TheoryData<string, int?, string, string, string?> Rows => new()
    {
        { "CredentialUnavailable", null, "AuthenticationError", Pipeline, "-Credential" },
        { "ConnectionFailed", null, "ConnectionError", "PipelineUntilSuccess", "endpoint" },
        { "TlsFailed", null, "SecurityError", "PipelineUntilSuccess", "certificate" },
        { "ProxyAuthenticationRequired", null, "AuthenticationError", Pipeline, "-ProxyCredential" },
        { "Redirected", null, "InvalidResult", "PipelineUntilSuccess", "sign-in page" },
        { "RequestTimeout", null, "OperationTimeout", Item, "-OperationTimeoutSeconds" },
        { "InvalidResult", 200, "InvalidResult", Item, "Check the endpoint and the proxy" },
        { "IncompleteListing", null, "InvalidResult", Pipeline, "Do not use it" },
        { "ChangedTwice", null, "InvalidArgument", Item, "Use a separate command" },
        { "TagChanged", null, "InvalidOperation", Item, "List the tag again" },
        { "DigestDiffers", null, "InvalidResult", Item, "Omit the digest" },
        { "PublicEndpointUnavailable", null, "ResourceUnavailable", Item, "Use -Vpc" },
        { "VpcEndpointUnavailable", null, "ResourceUnavailable", Item, "Omit -Vpc" },
        { "ScanNotComplete", null, "InvalidOperation", Item, "Use Start-CrRepoTagScan -Wait" },
        { "ScanFailed", null, "OperationStopped", Item, "Start the scan again" },
        { "ScanTimeout", null, "OperationTimeout", Item, "Use Get-CrRepoTagScan" },
        { "Http408", 408, "OperationTimeout", Item, "later" },
        { "Http429", 429, "LimitsExceeded", Item, "later" },
        { "Http504", 504, "OperationTimeout", Item, "later" },
        { "Http502", 502, "ResourceUnavailable", Item, "later" },
        { "Http401", 401, "InvalidResult", Item, "proxy" },
        { "Http403", 403, "InvalidResult", Item, "proxy" },
        { "Http404", 404, "InvalidResult", Item, "endpoint" },
        { "InvalidAccessKeyId.Inactive", 400, "AuthenticationError", Pipeline, "Enable the AccessKey" },
        { "InvalidAccessKeyId.NotFound", 404, "AuthenticationError", Pipeline, "AccessKey ID" },
        { "SignatureDoesNotMatch", 400, "AuthenticationError", Pipeline, "AccessKey secret" },
        { "IncompleteSignature", 400, "AuthenticationError", Pipeline, "proxy" },
        { "InvalidSecurityToken.Expired", 400, "AuthenticationError", Pipeline, "is invalid or expired. Get a new temporary credential." },
        { "InvalidSecurityToken.Malformed", 400, "AuthenticationError", Pipeline, "is invalid or expired. Get a new temporary credential." },
        { "MissingSecurityToken", 400, "AuthenticationError", Pipeline, "security token" },
        { "InvalidTimeStamp.Expired", 400, "AuthenticationError", Pipeline, "clock" },
        { "InvalidTimeStamp.Format", 400, "AuthenticationError", Pipeline, "clock" },
        { "IllegalTimestamp", 400, "AuthenticationError", Pipeline, "clock" },
        { "SignatureNonceUsed", 400, "AuthenticationError", Item, "again" },
        { "NoPrivilege", 403, "PermissionDenied", Item, "'cr:ListRepositoryTag'" },
        { "NoPermission", 403, "PermissionDenied", Item, "'cr:ListRepositoryTag'" },
        { "Forbidden.RAM", 403, "PermissionDenied", Item, "'cr:ListRepositoryTag'" },
        { "Throttling", 400, "LimitsExceeded", Item, "-ThrottleLimit" },
        { "Throttling.User", 400, "LimitsExceeded", Item, "-ThrottleLimit" },
        { "Throttling.Api", 400, "LimitsExceeded", Item, "-ThrottleLimit" },
        { "Rejected.Throttling", 400, "LimitsExceeded", Item, "-ThrottleLimit" },
        { "ServiceUnavailable", 503, "ResourceUnavailable", Item, "later" },
        { "InternalError", 500, "ResourceUnavailable", Item, "later" },
        { "SystemError", 200, "ResourceUnavailable", Item, "later" },
        { "SLB_SERVICE_ERROR", 200, "ResourceUnavailable", Item, "later" },
        { "InvalidApi.NotFound", 404, "InvalidOperation", Pipeline, "endpoint" },
        { "InvalidAction.NotFound", 404, "InvalidOperation", Pipeline, "endpoint" },
        { "InvalidProduct.NotFound", 404, "InvalidOperation", Pipeline, "endpoint" },
        { "InvalidVersion", 400, "InvalidOperation", Pipeline, "endpoint" },
        { "INSTANCE_NOT_EXIST", 200, "ObjectNotFound", Item, "region" },
        { "INSTANCE_STATUS_NOT_SUPPORT", 200, "ResourceUnavailable", Item, "not running" },
        { "REPO_NOT_EXIST", 200, "ObjectNotFound", Item, "name" },
        { "NAMESPACE_NOT_EXIST", 200, "ObjectNotFound", Item, "name" },
        { "CHAIN_NOT_EXIST", 200, "ObjectNotFound", Item, null },
        { "InvalidInstanceStorageDomainRoutingRule.NotFound", 404, "ObjectNotFound", Item, null },
        { "MissingInstanceId", 400, "InvalidArgument", Item, null },
        { "MissingParameter", 400, "InvalidArgument", Item, null },
        { "InvalidPageSize", 400, "InvalidArgument", Item, null },
        { "InvalidParameter", 400, "InvalidArgument", Item, null },
    };

    /// <summary>The rules for a code that is not in the table.</summary>
    public static TheoryData<string, int?, string, string, string?> UnknownCodes => new()
    {
        { "Unheard", 401, "AuthenticationError", Item, null },
        { "Unheard", 403, "PermissionDenied", Item, "'cr:ListRepositoryTag'" },
        { "Unheard", 404, "ObjectNotFound", Item, null },
        { "Unheard", 408, "OperationTimeout", Item, "later" },
        { "Unheard", 429, "LimitsExceeded", Item, "later" },
        { "Unheard", 500, "ResourceUnavailable", Item, "later" },
        { "Unheard", 504, "OperationTimeout", Item, "later" },
        { "Unheard", 200, "InvalidOperation", Item, null },
        { "Unheard", null, "InvalidOperation", Item, null },
        { "invalid", 400, "InvalidOperation", Item, null },
    };

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    [MemberData(nameof(UnknownCodes))]
    public void Code_has_category_scope_and_advice(string code, int? status, string category, string reach, string? advice)
    {
        var rule = StagedErrorTable.RuleOf(code, status, "ListRepoTag");

        Assert.Equal((category, reach), (rule.Category, rule.Scope));
        if (advice is null) Assert.Null(rule.Advice);
        else Assert.Contains(advice, rule.Advice, StringComparison.Ordinal);
        if (rule.Advice is not null) Assert.EndsWith(".", rule.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_of_table_has_a_test()
    {
        // A code tests the first row that matches it.
        var patterns = StagedErrorTable.Codes;
        var tested = Rows.Select(row => (string)((object?[])row)[0]!).Select(code => patterns.First(pattern => new WildcardPattern(pattern).IsMatch(code)));

        Assert.Equal(patterns, tested.Distinct());
    }

    [Theory]
    [InlineData("ListRepoTag", "'cr:ListRepositoryTag'")]
    [InlineData("GetRepoTag", "'cr:ListRepositoryTag'")]
    [InlineData("GetRepository", "'cr:GetRepository'")]
    [InlineData("GetChain", "a RAM policy that allows the operation")]
    public void Names_RAM_action_of_operation(string action, string told) =>
        Assert.Equal($"The user or role needs {(told.StartsWith('\'') ? "the RAM action " : "")}{told}.", StagedErrorTable.RuleOf("NoPrivilege", 403, action).Advice);

    [Theory]
    [InlineData("RequestTimeout", null, "DeleteRepoTag", "OperationTimeout", "Check the result with Get-CrRepoTag")]
    [InlineData("ConnectionFailed", null, "CreateRepoTag", "ConnectionError", "Check the result with Get-CrRepoTag")]
    [InlineData("SystemError", 500, "CreateRepoTagScanTask", "ResourceUnavailable", "Check with Get-CrRepoTagScan whether a scan is running")]
    [InlineData("InvalidResult", 200, "DeleteNamespace", "InvalidResult", "Check whether the change was made")]
    public void Advises_to_check_a_change_that_may_have_been_made(string code, int? status, string action, string category, string check)
    {
        var rule = StagedErrorTable.RuleOf(code, status, action, isOutcomeUnknown: true);

        Assert.Equal((category, Item, check + " before you run the command again."), (rule.Category, rule.Scope, rule.Advice));
    }

    [Theory]
    [InlineData("InvalidAccessKeyId.NotFound", 404, "AuthenticationError", true)]
    [InlineData("NoPrivilege", 403, "PermissionDenied", false)]
    [InlineData("REPO_NOT_EXIST", 404, "ObjectNotFound", false)]
    [InlineData("MissingInstanceId", 400, "InvalidArgument", false)]
    [InlineData("InvalidAction.NotFound", 404, "InvalidOperation", true)]
    [InlineData("INSTANCE_STATUS_NOT_SUPPORT", 400, "ResourceUnavailable", false)]
    public void Error_has_target_reason_and_advice(string code, int status, string category, bool isTerminating)
    {
        var outcome = Run(Rejections.With(status, code), "'crr-a', 'crr-b' | Get-CrRepoTag");

        Assert.Empty(outcome.Output);
        Assert.Equal(isTerminating ? (true, 0) : (false, 2), (outcome.Terminating is not null, outcome.Errors.Count));
        var error = outcome.Terminating ?? outcome.Errors[0];
        Assert.Equal((category, "crr-a"), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.StartsWith(code + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        var advice = StagedErrorTable.RuleOf(code, status, "ListRepoTag").Advice;
        Assert.Equal($"crr-a: ListRepoTag was rejected: The service says why. {(advice is null ? "" : advice + " ")}RequestId: REQ-1.", error.ToString());
        Assert.Equal("See https://diagnosis.example/why", error.ErrorDetails.RecommendedAction);
        foreach (var (property, value) in new (string, object)[] { ("Code", code), ("HttpStatus", status), ("Action", "ListRepoTag"), ("RequestId", "REQ-1"), ("Recommend", "https://diagnosis.example/why") })
            Assert.Equal(value, PSObject.AsPSObject(error.Exception).Properties[property].Value);
    }

    [Fact]
    public void Html_page_is_InvalidResult_with_proxy_host_and_status()
    {
        var error = Run(new Rejections(200, "text/html", "<html>Sign in</html>"), "Get-CrRepoTag crr-a").Error;

        Assert.Equal("InvalidResult", error.CategoryInfo.Category.ToString());
        Assert.Contains("'127.0.0.1:1' returned HTTP status 200. The reply is probably from a proxy", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void View_with_recommended_action_repeats_nothing()
    {
        _session.Set("handler", Rejections.With(403, "NoPrivilege"));
        var shown = _session.Show("Connect-CrRegistry -InstanceId cri-x -Endpoint http://127.0.0.1:1 -Credential $credential -HttpMessageHandler $handler; try { Get-CrRepoTag crr-a -ErrorAction Stop } catch { $_ }");

        // The view wraps the message, and shows a line to its left.
        shown = string.Join(' ', shown.Split([' ', '|', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var once in new[] { "The service says why.", "cr:ListRepositoryTag", "REQ-1", "https://diagnosis.example/why" })
            Assert.True(shown.Split(once).Length == 2, $"'{once}' is not once in: {shown}");
    }

    private Outcome Run(HttpMessageHandler handler, string command)
    {
        _session.Set("handler", handler);
        return _session.Run($"Connect-CrRegistry -InstanceId cri-x -Endpoint http://127.0.0.1:1 -Credential $credential -HttpMessageHandler $handler; {command}");
    }
}
