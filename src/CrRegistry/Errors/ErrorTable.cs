using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry.Errors;

/// <summary>
/// The table of failures, with a rule for each code. The code is the service's, or one of <see cref="CrErrorCode"/>,
/// or <c>Http</c> with the status of a reply that was not the service's own.
/// </summary>
internal static class ErrorTable
{
    private const string CheckSecret = "Check the AccessKey secret of the credential, and whether a proxy changes requests.";
    private const string SetClock = "Correct this computer's clock. It must be within 15 minutes of the actual time.";
    private const string TryLater = "Try again later.";
    private const string ContradictoryList =
        "The output is incomplete. Do not use it; run the command again. If the error occurs again although the list does not change, the service returns wrong pages.";

    private const string ContradictoryRange =
        "The output is incomplete. Do not use it; use -All and select the range from its output. -All reads the list again if it changes or is in an unstable order.";

    private const string CheckWay = "Check the proxy, the network and the endpoint.";
    private const string CheckEndpoint = "The endpoint does not serve the API cr 2018-12-01. Check the endpoint.";

    private const string CheckProxy =
        "Check -Proxy of Connect-CrRegistry. If it is not specified, check the proxy settings of the system, such as the environment variables HTTPS_PROXY and NO_PROXY.";

    /// <summary>The placeholder for the RAM action in an advice.</summary>
    private const string RamAction = "{RamAction}";

    private static readonly ErrorRule s_notPermitted = new(ErrorCategory.PermissionDenied, ErrorScope.Item, $"The user or role needs {RamAction}.");

    /// <summary>The first matching row applies. <c>*</c> at the beginning or the end of a code matches any characters.</summary>
    private static readonly (string Code, ErrorRule Rule)[] s_rules =
    [
        // Errors of the client.
        (CrErrorCode.CredentialUnavailable, new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline,
            "Use -Credential or -ProfileName of Connect-CrRegistry. Get-Help about_CrRegistry_Credentials lists the other sources.")),
        (CrErrorCode.ConnectionFailed, new(ErrorCategory.ConnectionError, ErrorScope.PipelineUntilSuccess,
            "Check the region or the endpoint, and that this computer can reach it.")),
        (CrErrorCode.TlsFailed, new(ErrorCategory.SecurityError, ErrorScope.PipelineUntilSuccess,
            "Check the endpoint and this computer's clock. If a proxy inspects the traffic, add its root certificate to the trusted roots of this computer.")),
        (CrErrorCode.ProxyAuthenticationRequired, new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline,
            "Specify the proxy with -Proxy of Connect-CrRegistry, and its user name and password with -ProxyCredential.")),
        (CrErrorCode.Redirected, new(ErrorCategory.InvalidResult, ErrorScope.PipelineUntilSuccess,
            "A proxy or the sign-in page of a network may have replied instead of the service. Check the endpoint.")),
        (CrErrorCode.RequestTimeout, new(ErrorCategory.OperationTimeout, ErrorScope.Item,
            "Try again later, or specify a longer -ConnectionTimeoutSeconds or -OperationTimeoutSeconds with Connect-CrRegistry.")),
        (CrErrorCode.InvalidResult, new(ErrorCategory.InvalidResult, ErrorScope.Item,
            "Check the endpoint and the proxy, and report the error to Alibaba Cloud if both are correct.")),
        (CrErrorCode.IncompleteListing, new(ErrorCategory.InvalidResult, ErrorScope.Pipeline,
            "The output is incomplete. Do not use it; run the command again.")),
        (CrErrorCode.ChangedTwice, new(ErrorCategory.InvalidArgument, ErrorScope.Item, "Use a separate command for each request.")),
        (CrErrorCode.TagChanged, new(ErrorCategory.InvalidOperation, ErrorScope.Item, "List the tag again before you remove it.")),
        (CrErrorCode.DigestDiffers, new(ErrorCategory.InvalidResult, ErrorScope.Item,
            "The tag may have been moved to another image. Omit the digest to get that image, or omit the tag to get the tags of the digest.")),
        (CrErrorCode.PublicEndpointUnavailable, new(ErrorCategory.ResourceUnavailable, ErrorScope.Item,
            "Use -Vpc for the domain inside a VPC, or enable the public endpoint in the Alibaba Cloud console.")),
        (CrErrorCode.VpcEndpointUnavailable, new(ErrorCategory.ResourceUnavailable, ErrorScope.Item,
            "Omit -Vpc for the public domain, or link a VPC to the instance in the Alibaba Cloud console.")),
        (CrErrorCode.ScanNotComplete, new(ErrorCategory.InvalidOperation, ErrorScope.Item, "Use Start-CrRepoTagScan -Wait, which starts a scan or waits for the running one.")),
        (CrErrorCode.ScanFailed, new(ErrorCategory.OperationStopped, ErrorScope.Item, "Start the scan again. If it fails again, the service may be unable to scan this kind of image.")),
        (CrErrorCode.ScanTimeout, new(ErrorCategory.OperationTimeout, ErrorScope.Item, "Use Get-CrRepoTagScan to read the result of the scan later, or specify a longer -TimeoutSeconds.")),

        // Replies from another server, such as a proxy. A 404 is then not about a repository, and a 403 not about a permission.
        ("Http408", new(ErrorCategory.OperationTimeout, ErrorScope.Item, TryLater)),
        ("Http429", new(ErrorCategory.LimitsExceeded, ErrorScope.Item, TryLater)),
        ("Http504", new(ErrorCategory.OperationTimeout, ErrorScope.Item, TryLater)),
        ("Http5*", new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, TryLater)),
        ("Http*", new(ErrorCategory.InvalidResult, ErrorScope.Item, CheckWay)),

        // Credential, signature and time.
        ("InvalidAccessKeyId.Inactive", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, "Enable the AccessKey, or use another one.")),
        ("InvalidAccessKeyId*", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, "Check the AccessKey ID of the credential.")),
        ("SignatureDoesNotMatch", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, CheckSecret)),
        ("IncompleteSignature", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, "Check whether a proxy removes parts of the request.")),
        ("InvalidSecurityToken*", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, "The security token is invalid or expired. Get a new temporary credential.")),
        ("MissingSecurityToken", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, "The AccessKey belongs to a temporary credential. Specify the security token.")),
        ("InvalidTimeStamp*", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, SetClock)),
        ("IllegalTimestamp", new(ErrorCategory.AuthenticationError, ErrorScope.Pipeline, SetClock)),
        ("SignatureNonceUsed", new(ErrorCategory.AuthenticationError, ErrorScope.Item, "Run the command again. If it fails again, check whether a proxy sends requests twice.")),
        ("NoPrivilege", s_notPermitted),
        ("NoPermission*", s_notPermitted),
        ("Forbidden*", s_notPermitted),

        // State of the service.
        ("*Throttling*", new(ErrorCategory.LimitsExceeded, ErrorScope.Item, "The service throttles requests. Wait a moment, or reduce -ThrottleLimit.")),
        ("ServiceUnavailable", new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, TryLater)),
        ("InternalError", new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, TryLater)),
        ("SystemError", new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, TryLater)),
        ("SLB_SERVICE_ERROR", new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, TryLater)),

        // Content of the request.
        ("InvalidApi.NotFound", new(ErrorCategory.InvalidOperation, ErrorScope.Pipeline, CheckEndpoint)),
        ("InvalidAction.NotFound", new(ErrorCategory.InvalidOperation, ErrorScope.Pipeline,
            "The endpoint does not provide this operation of the API cr 2018-12-01. Check the endpoint and the name of the operation.")),
        ("InvalidProduct.NotFound", new(ErrorCategory.InvalidOperation, ErrorScope.Pipeline, CheckEndpoint)),
        ("InvalidVersion", new(ErrorCategory.InvalidOperation, ErrorScope.Pipeline, CheckEndpoint)),
        ("INSTANCE_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorScope.Item, "Check the instance ID and the region.")),
        ("INSTANCE_STATUS_NOT_SUPPORT", new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, "The instance is not running. Check its status in the Alibaba Cloud console.")),
        ("REPO_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorScope.Item, "Check the repository's name, the instance and the region.")),
        ("NAMESPACE_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorScope.Item, "Check the namespace's name, the instance and the region.")),
        ("*_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorScope.Item)),
        ("*.NotFound", new(ErrorCategory.ObjectNotFound, ErrorScope.Item)),
        ("Missing*", new(ErrorCategory.InvalidArgument, ErrorScope.Item)),
        ("Invalid*", new(ErrorCategory.InvalidArgument, ErrorScope.Item)),
    ];

    /// <summary>Returns the rule for a failure: the first with a matching code, or else by HTTP status. An incomplete list also has the advice for its cause.</summary>
    public static ErrorRule RuleOf(CrApiException failure)
    {
        var rule = s_rules.FirstOrDefault(row => Matches(row.Code, failure.Code)).Rule ?? ByStatus(failure.HttpStatus);
        if (failure is IncompleteListingException { InnerException: CrApiException cause } && RuleOf(cause).Advice is { } cure) return rule with { Advice = $"{cure} {rule.Advice}" };
        if (failure is IncompleteListingException { IsContradiction: true } list) return rule with { Advice = list.IsOfRange ? ContradictoryRange : ContradictoryList };
        // A source was found, so that another source does not solve the problem of this one.
        if (failure is { Code: CrErrorCode.CredentialUnavailable, InnerException: CrApiException { Code: not CrErrorCode.CredentialUnavailable } reason } && RuleOf(reason).Advice is { } remedy)
        {
            // The timeouts of requests for a credential are fixed.
            return rule with { Advice = reason.Code != CrErrorCode.RequestTimeout ? remedy : reason.IsOfProxy ? $"{TryLater} {CheckProxy}" : TryLater };
        }

        if (failure.IsOutcomeUnknown) return rule with { Scope = ErrorScope.Item, Advice = AdviceAfter(failure.Action) };
        if (failure is { IsOfProxy: true, Code: CrErrorCode.ConnectionFailed }) return rule with { Advice = CheckProxy };
        if (failure.IsOfProxy) return rule with { Advice = $"{rule.Advice} {CheckProxy}" };
        // The next attempt may return the complete reply.
        if (failure.IsTransient) return rule with { Advice = TryLater };
        return rule.Advice?.Contains(RamAction) == true ? rule with { Advice = rule.Advice.Replace(RamAction, RamActionOf(failure.Action)) } : rule;
    }

    /// <summary>Returns the advice for a change whose result is not known.</summary>
    private static string AdviceAfter(string? action) => action switch
    {
        nameof(Operation.CreateRepoTag) or nameof(Operation.DeleteRepoTag) => "Check the result with Get-CrRepoTag before you run the command again.",
        nameof(Operation.CreateRepoTagScanTask) => "Check with Get-CrRepoTagScan whether a scan is running before you run the command again.",
        _ => "Check whether the change was made before you run the command again.",
    };

    private static string RamActionOf(string? action) =>
        action is not null && Operation.Find(action)?.RamAction is { } ramAction ? $"the RAM action '{ramAction}'" : "a RAM policy that allows the operation";

    private static bool Matches(string pattern, string code) => (pattern[0], pattern[pattern.Length - 1]) switch
    {
        ('*', '*') => code.Contains(pattern.Trim('*')),
        ('*', _) => code.EndsWith(pattern.TrimStart('*'), StringComparison.Ordinal),
        (_, '*') => code.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal),
        _ => pattern == code,
    };

    /// <summary>Returns the rule for an unknown code of the service.</summary>
    private static ErrorRule ByStatus(int? status) => status switch
    {
        401 => new(ErrorCategory.AuthenticationError, ErrorScope.Item),
        403 => s_notPermitted,
        404 => new(ErrorCategory.ObjectNotFound, ErrorScope.Item),
        408 or 504 => new(ErrorCategory.OperationTimeout, ErrorScope.Item, TryLater),
        429 => new(ErrorCategory.LimitsExceeded, ErrorScope.Item, TryLater),
        >= 500 => new(ErrorCategory.ResourceUnavailable, ErrorScope.Item, TryLater),
        _ => new(ErrorCategory.InvalidOperation, ErrorScope.Item),
    };
}
