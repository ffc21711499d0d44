using System.Management.Automation;
using CrRegistry.Client.Transport;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets.Base;

/// <summary>What all cmdlets have in common that call the service: which service, as whom. Command line, then pipeline, then context.</summary>
public abstract class ServiceCmdlet : AsyncCmdlet
{
    private const string RegionVariable = "ALIBABA_CLOUD_REGION_ID";

    private CrContext? _context;
    private bool _isHostNamed;

    private protected ServiceCmdlet()
    {
    }

    /// <summary>
    /// Scheme, host and port that requests go to, in place of the region's own: HTTPS, or HTTP for a loopback address.
    /// An endpoint, given here or to Connect-CrRegistry, always goes before a region.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ValidateEndpoint]
    public Uri? Endpoint { get; set; }

    /// <summary>The context to use in place of the session's: what <c>Connect-CrRegistry -PassThru</c> gave.</summary>
    [Parameter]
    [ContextArgument]
    [ValidateNotNull]
    public CrContext? Context { get; set; }

    /// <summary>How many requests may be under way at once: 1 to 64; the context's, or 10, by default.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }

    private protected sealed override int EffectiveThrottleLimit => ThrottleLimit > 0 ? ThrottleLimit : Session.ThrottleLimit;

    /// <summary>Read once, so that nothing changes under a running pipeline.</summary>
    private protected CrContext Session => _context ??= Context ?? CrSession.Current ?? new CrContext { Vpc = OfEnvironment().IsVpc };

    /// <summary>The region that holds: what was given, else the context's, else the environment's.</summary>
    private protected string? EffectiveRegion(string? given) => NullIfEmpty(given) ?? Session.RegionId ?? OfEnvironment().Region;

    /// <summary>Where requests go, and why they cannot.</summary>
    /// <param name="region">The region that holds.</param>
    /// <param name="problem">What to say to the user where the answer is null.</param>
    private protected Uri? FindEndpoint(string? region, out ErrorRecord? problem)
    {
        problem = null;
        if ((Endpoint ?? Session.Endpoint) is { } endpoint)
        {
            NameHost(endpoint);
            return endpoint;
        }

        if (region is not null && ServiceEndpoint.IsRegionId(region)) return ServiceEndpoint.OfRegion(region, Session.Vpc);
        problem = region is null
            ? FailureRecord.OfMissing(Session, "region", "RegionId", RegionVariable)
            : FailureRecord.OfArgument($"'{region}' is not a region ID such as 'cn-shanghai'.", "RegionIdInvalid", region);
        return null;
    }

    /// <summary>Rejects empty values of the parameters that specify the service. Empty values from the pipeline count as not specified.</summary>
    private protected void RejectEmpty(string? instanceId, string? regionId)
    {
        foreach (var (name, value, valid) in new[] { ("InstanceId", instanceId, "the ID of an instance, 'cri-…'"), ("RegionId", regionId, "a region ID such as 'cn-shanghai'") })
        {
            if (IsSpecified(name) && NullIfEmpty(value) is null)
                Terminate(FailureRecord.OfArgument($"-{name} is empty. Specify {valid}, or omit it.", name + "Missing", value));
        }
    }

    /// <summary>Finds the address of the service and the instance.</summary>
    /// <param name="specified">The value of -InstanceId, or of the pipeline.</param>
    /// <param name="regionId">The value of -RegionId, or of the pipeline.</param>
    /// <param name="reject">Writes the error if there is none.</param>
    private protected (Uri Endpoint, InstanceScope Scope)? FindInstance(string? specified, string? regionId, Action<ErrorRecord> reject)
    {
        var instanceId = NullIfEmpty(specified) ?? Session.InstanceId;
        if (instanceId is null || !Identifier.IsInstanceId(instanceId))
        {
            reject(instanceId is null
                ? FailureRecord.OfMissing(Session, "instance", "InstanceId")
                : FailureRecord.OfArgument($"'{instanceId}' is not the ID of an instance, 'cri-…'.", "InstanceIdInvalid", instanceId));
            return null;
        }

        var region = EffectiveRegion(regionId);
        if (FindEndpoint(region, out var noEndpoint) is { } endpoint) return (endpoint, new InstanceScope(instanceId, region));
        reject(noEndpoint!);
        return null;
    }

    /// <summary>Says once a pipeline that requests go to a host of the user's own choice. A loopback address is this machine.</summary>
    private void NameHost(Uri endpoint)
    {
        if (_isHostNamed || endpoint.IsLoopback || ServiceEndpoint.IsOfService(endpoint)) return;
        _isHostNamed = true;
        WriteVerbose($"Signed requests are sent to '{endpoint.Authority}', which -Endpoint specifies. It is not a host of the service, such as 'cr.cn-shanghai.aliyuncs.com'.");
    }

    private (string? Region, bool IsVpc) OfEnvironment()
    {
        try
        {
            var defaults = Client.Credentials.Profiles.ConnectionDefaults.OfEnvironment();
            return (defaults.RegionId, defaults.IsVpc);
        }
        catch (CrApiException failure)
        {
            Terminate(FailureRecord.Of(failure, ErrorTable.RuleOf(failure), string.Empty, string.Empty));
            throw;
        }
    }

    private protected static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
