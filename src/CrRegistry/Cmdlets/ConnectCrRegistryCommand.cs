using System.Management.Automation;
using System.Security;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Sets the defaults of the session. Makes no request: a credential is looked for, and tried, at the first call.</summary>
[Cmdlet(VerbsCommunications.Connect, "CrRegistry")]
[OutputType(typeof(CrContext))]
public sealed class ConnectCrRegistryCommand : PSCmdlet
{
    /// <summary>The region of the instance, for example <c>cn-shanghai</c>; by default that of ALIBABA_CLOUD_REGION_ID.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    public string? RegionId { get; set; }

    /// <summary>The instance, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ValidateInstanceId]
    public string? InstanceId { get; set; }

    /// <summary>The AccessKey ID as user name, the AccessKey secret as password; by default the environment's.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The token of a temporary (STS) credential.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? SecurityToken { get; set; }

    /// <summary>Scheme, host and port that requests go to, in place of the region's own: HTTPS, or HTTP for a loopback address.</summary>
    [Parameter]
    [ValidateNotNull]
    [ValidateEndpoint]
    public Uri? Endpoint { get; set; }

    /// <summary>Takes the region's endpoint inside a VPC.</summary>
    [Parameter]
    public SwitchParameter Vpc { get; set; }

    /// <summary>The format of replies, JSON by default. It also decides how requests are signed; what is given does not depend on it.</summary>
    [Parameter]
    public CrFormat Format { get; set; }

    /// <summary>How many requests may be under way at once: 1 to 64, 10 by default.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = CrContext.DefaultThrottleLimit;

    /// <summary>Gives the context, for <c>-Context</c>.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What takes the network's place: the seam for tests. It is not disposed.</summary>
    [Parameter(DontShow = true)]
    [ValidateNotNull]
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (SecurityToken is not null && Credential is null) Refuse("-SecurityToken belongs to a temporary credential: give its AccessKey ID and secret as -Credential.", "CredentialMissing");
        if (Credential is { Password.Length: 0 }) Refuse($"The secret is missing beside the AccessKey ID '{Credential.UserName}': give it as the password of -Credential.", "AccessKeySecretMissing");
        if (SecurityToken is { Length: 0 }) Refuse("-SecurityToken is empty: leave it out for a lasting credential.", "SecurityTokenMissing");
        if (Vpc && Endpoint is not null) Refuse("-Vpc chooses between the endpoints of a region: it cannot go with -Endpoint.", "AmbiguousEndpoint");

        var context = new CrContext
        {
            RegionId = RegionId ?? RegionOfEnvironment(),
            InstanceId = InstanceId,
            Endpoint = Endpoint,
            Vpc = Vpc,
            Format = Format,
            ThrottleLimit = ThrottleLimit,
            Credential = Credential,
            SecurityToken = SecurityToken,
            HttpMessageHandler = HttpMessageHandler,
        };
        CrSession.Current = context;
        if (PassThru) WriteObject(context);
    }

    private void Refuse(string message, string errorId) => ThrowTerminatingError(FailureRecord.OfArgument(message, errorId, null));

    private string? RegionOfEnvironment()
    {
        var region = ServiceCmdlet.RegionOfEnvironment();
        if (region is not null && !Client.Transport.ServiceEndpoint.IsRegionId(region))
            Refuse($"The environment's region '{region}' is not a region ID such as 'cn-shanghai'.", "RegionIdInvalid");
        return region;
    }
}
