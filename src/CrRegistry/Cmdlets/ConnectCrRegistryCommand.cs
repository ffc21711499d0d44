using System.Management.Automation;
using System.Security;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Sets the defaults of the runspace. It sends no request. The first command that calls the service looks for a credential and uses it.</summary>
[Cmdlet(VerbsCommunications.Connect, "CrRegistry", HelpUri = "https://www.alibabacloud.com/help/en/acr/product-overview/what-is-container-registry")]
[OutputType(typeof(CrContext))]
public sealed class ConnectCrRegistryCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>
    /// The region of the instance, for example <c>cn-shanghai</c>. The default is that of the profile that -ProfileName specifies, or else that of
    /// ALIBABA_CLOUD_REGION_ID. Without -Endpoint, the last default is that of the current profile of the aliyun CLI.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    /// <summary>The instance, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateInstanceId]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The AccessKey ID as user name, and the AccessKey secret as password. The default is the credential chain of the official SDKs.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The token of a temporary (STS) credential.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? SecurityToken { get; set; }

    /// <summary>The profile of the credential, in <c>~/.aliyun/config.json</c> or else in <c>~/.alibabacloud/credentials</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [NameArgument]
    public string? ProfileName { get; set; }

    /// <summary>Scheme, host and port of the service instead of the region's endpoint: HTTPS, or HTTP for a loopback address.</summary>
    [Parameter]
    [ValidateNotNull]
    [ValidateEndpoint]
    public Uri? Endpoint { get; set; }

    /// <summary>Uses the region's endpoint inside a VPC.</summary>
    [Parameter]
    public SwitchParameter Vpc { get; set; }

    /// <summary>The format of replies, which also determines how requests are signed. The default is Json. The output is the same.</summary>
    [Parameter]
    public CrFormat Format { get; set; }

    /// <summary>The number of requests that may be in flight at once, 1 to 64. The default is 10.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = CrContext.DefaultThrottleLimit;

    /// <summary>The proxy instead of that of the system: an http or https address. Loopback addresses are always reached directly.</summary>
    [Parameter]
    [ValidateNotNull]
    [ValidateProxy]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for -Proxy.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The timeout of each attempt up to the headers of the reply, in seconds, 1 to 300. The default is 10.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int ConnectionTimeoutSeconds { get; set; } = CrContext.DefaultConnectionTimeout;

    /// <summary>The timeout of each attempt up to the last byte of the reply, in seconds, 1 to 300. The default is 30.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int OperationTimeoutSeconds { get; set; } = CrContext.DefaultOperationTimeout;

    /// <summary>Returns the context, for <c>-Context</c>.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Does not change the session. The context is for <c>-Context</c> only.</summary>
    [Parameter]
    public SwitchParameter NoSession { get; set; }

    /// <summary>Replaces the network in tests. The caller disposes it.</summary>
    [Parameter(DontShow = true)]
    [ValidateNotNull]
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            Connect();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Ctrl+C is not an error.
        }
    }

    private void Connect()
    {
        if (NoSession && !PassThru) Reject("-NoSession requires -PassThru. Specify both to get a context for -Context, or omit -NoSession to connect the session.", "PassThruMissing");
        if (SecurityToken is not null && Credential is null) Reject("-SecurityToken requires -Credential, with the AccessKey ID and secret of the temporary credential.", "CredentialMissing");
        if (Credential is { Password.Length: 0 }) Reject($"The secret of the AccessKey ID '{Credential.UserName}' is empty. Specify the secret as the password of -Credential.", "AccessKeySecretMissing");
        if (ProfileName is not null && Credential is not null) Reject("Specify either -ProfileName or -Credential.", "AmbiguousCredential");
        if (SecurityToken is { Length: 0 }) Reject("-SecurityToken is empty. Specify the token of a temporary credential, or omit it.", "SecurityTokenMissing");
        if (Vpc && Endpoint is not null) Reject("-Vpc selects an endpoint of the region. It cannot be used with -Endpoint.", "AmbiguousEndpoint");
        if (ProxyCredential is not null && Proxy is null) Reject("-ProxyCredential requires -Proxy. Specify the address of the proxy.", "ProxyMissing");

        var (region, isVpc) = FindDefaults();
        var context = new CrContext
        {
            IsConnected = true,
            RegionId = region,
            InstanceId = InstanceId,
            Endpoint = Endpoint,
            Vpc = isVpc,
            Format = Format,
            ThrottleLimit = ThrottleLimit,
            Credential = Credential,
            ProfileName = ProfileName,
            SecurityToken = SecurityToken,
            HttpMessageHandler = HttpMessageHandler,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential,
            ConnectionTimeoutSeconds = ConnectionTimeoutSeconds,
            OperationTimeoutSeconds = OperationTimeoutSeconds,
        };
        if (!NoSession) CrSession.Connect(context);
        if (PassThru) WriteObject(context);
    }

    /// <summary>Cancels the reading of a file, because a named pipe may never open.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Releases the resources. PowerShell calls it at each end of a pipeline.</summary>
    public void Dispose() => _stopping.Dispose();

    private void Reject(string message, string errorId) => ThrowTerminatingError(FailureRecord.OfArgument(message, errorId, null));

    /// <summary>Finds the values of omitted parameters. A specified profile is always read, so that a missing one is an error now.</summary>
    private (string? Region, bool IsVpc) FindDefaults()
    {
        try
        {
            var profile = Endpoint is null || ProfileName is not null ? ConnectionDefaults.Find(ProfileName, _stopping.Token) : null;
            // A specified endpoint does not belong to the profile's region.
            var defaults = Endpoint is null ? profile! : ConnectionDefaults.OfEnvironment();
            if (RegionId is null && defaults.Problem is { } problem) WriteVerbose($"The region of the profile cannot be read. {problem}");
            var region = RegionId ?? defaults.RegionId;
            if (region is not null && !Client.Transport.ServiceEndpoint.IsRegionId(region))
                Reject($"The region '{region}' of the environment variables is not a region ID such as 'cn-shanghai'. Use -RegionId.", "RegionIdInvalid");
            return (region, Vpc || (Endpoint is null && defaults.IsVpc));
        }
        catch (CrApiException failure)
        {
            // Without a profile, the failure is about the region, and not about a credential.
            var rule = ErrorTable.RuleOf(failure);
            ThrowTerminatingError(FailureRecord.Of(failure, ProfileName is null ? rule with { Advice = null } : rule, ProfileName ?? string.Empty, ProfileName ?? string.Empty));
            throw;
        }
    }
}
