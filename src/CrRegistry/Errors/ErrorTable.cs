using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CrRegistry.Errors;

/// <summary>The one table of failures: the service's code, or one of <see cref="CrErrorCode"/>, and what follows from it.</summary>
internal static class ErrorTable
{
    private const string CheckKey = "Check the AccessKey ID and secret of the credential.";

    private static readonly (string Code, ErrorRule Rule)[] s_rules =
    [
        (CrErrorCode.CredentialUnavailable, new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline,
            "Give Connect-CrRegistry a -Credential or a -ProfileName; Get-Help about_CrRegistry says where else one is looked for.")),
        (CrErrorCode.ConnectionFailed, new(ErrorCategory.ConnectionError, ErrorReach.PipelineUntilSuccess,
            "Check the region or the endpoint, and that this machine reaches it.")),
        (CrErrorCode.TlsFailed, new(ErrorCategory.SecurityError, ErrorReach.PipelineUntilSuccess,
            "Check the endpoint and the clock of this machine. If a proxy on the way inspects the traffic, the certificate of its authority has to be among the trusted roots of this machine.")),
        (CrErrorCode.ProxyAuthenticationRequired, new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline,
            "Give Connect-CrRegistry the proxy's address as -Proxy, and its user name and password as -ProxyCredential.")),
        (CrErrorCode.Redirected, new(ErrorCategory.InvalidResult, ErrorReach.PipelineUntilSuccess,
            "Check the endpoint. A proxy or the portal of a network may answer in its place.")),
        (CrErrorCode.RequestTimeout, new(ErrorCategory.OperationTimeout, ErrorReach.Item,
            "Try again later, or give Connect-CrRegistry a longer -ConnectionTimeoutSeconds or -OperationTimeoutSeconds.")),
        (CrErrorCode.InvalidResult, new(ErrorCategory.InvalidResult, ErrorReach.Item)),
        (CrErrorCode.IncompleteListing, new(ErrorCategory.InvalidResult, ErrorReach.Pipeline,
            "What came before is a part of the list: do not act on it, and run the command again.")),
        ("InvalidAccessKeyId*", new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline, CheckKey)),
        ("SignatureDoesNotMatch", new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline, CheckKey)),
        ("IncompleteSignature", new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline, CheckKey)),
        ("InvalidSecurityToken*", new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline, "The temporary credential is no longer valid: get a new one.")),
        ("InvalidTimeStamp*", new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline, "Check the clock of this machine: it may be off by 15 minutes at the most.")),
        ("IllegalTimestamp", new(ErrorCategory.AuthenticationError, ErrorReach.Pipeline, "Check the clock of this machine: it may be off by 15 minutes at the most.")),
        ("NoPrivilege", new(ErrorCategory.PermissionDenied, ErrorReach.Item)),
        ("NoPermission*", new(ErrorCategory.PermissionDenied, ErrorReach.Item)),
        ("Forbidden*", new(ErrorCategory.PermissionDenied, ErrorReach.Item)),
        ("*Throttling*", new(ErrorCategory.LimitsExceeded, ErrorReach.Item, "The service was asked too often: wait a moment, or lower -ThrottleLimit.")),
        ("INSTANCE_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorReach.Item, "Check the instance ID, and that the instance is in the region that was asked.")),
        ("REPO_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorReach.Item, "Check the repository's name, the instance and the region.")),
        ("*_NOT_EXIST", new(ErrorCategory.ObjectNotFound, ErrorReach.Item)),
        ("Invalid*.NotFound", new(ErrorCategory.InvalidOperation, ErrorReach.Pipeline, "The endpoint does not serve the API cr 2018-12-01: check it.")),
        ("*.NotFound", new(ErrorCategory.ObjectNotFound, ErrorReach.Item)),
        ("Missing*", new(ErrorCategory.InvalidArgument, ErrorReach.Item)),
        ("Invalid*", new(ErrorCategory.InvalidArgument, ErrorReach.Item)),
    ];

    private static readonly Dictionary<string, string> s_ramActions = new(StringComparer.Ordinal)
    {
        ["ListRepoTag"] = "cr:ListRepositoryTag",
        ["GetRepoTag"] = "cr:ListRepositoryTag",
        ["GetRepository"] = "cr:GetRepository",
    };

    /// <summary>The rule for a failure: the first whose code matches, else by HTTP status.</summary>
    public static ErrorRule RuleOf(CrApiException failure)
    {
        var rule = s_rules.FirstOrDefault(row => Matches(row.Code, failure.Code)).Rule ?? ByStatus(failure.HttpStatus);
        return rule.Category == ErrorCategory.PermissionDenied && failure.Action is { } action && s_ramActions.TryGetValue(action, out var ramAction)
            ? rule with { Advice = $"The user or role needs the RAM action '{ramAction}'." }
            : rule;
    }

    private static bool Matches(string pattern, string code) => pattern.Contains('*')
        ? Regex.IsMatch(code, "^" + Regex.Escape(pattern).Replace("\\*", ".*") + "$", RegexOptions.CultureInvariant | RegexOptions.Singleline)
        : pattern == code;

    private static ErrorRule ByStatus(int? status) => status switch
    {
        401 => new(ErrorCategory.AuthenticationError, ErrorReach.Item),
        403 => new(ErrorCategory.PermissionDenied, ErrorReach.Item),
        404 => new(ErrorCategory.ObjectNotFound, ErrorReach.Item),
        408 or 504 => new(ErrorCategory.OperationTimeout, ErrorReach.Item),
        429 => new(ErrorCategory.LimitsExceeded, ErrorReach.Item),
        >= 500 => new(ErrorCategory.ResourceUnavailable, ErrorReach.Item, "Try again later."),
        _ => new(ErrorCategory.InvalidOperation, ErrorReach.Item),
    };
}
