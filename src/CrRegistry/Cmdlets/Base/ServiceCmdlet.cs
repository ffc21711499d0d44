using System.Management.Automation;
using CrRegistry.Client.Transport;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Errors;
using CrRegistry.Requests;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets.Base;

/// <summary>The base of the cmdlets that call the service. The command line takes precedence over the pipeline, and the pipeline over the context.</summary>
public abstract class ServiceCmdlet : AsyncCmdlet
{
    private const string RegionVariable = "ALIBABA_CLOUD_REGION_ID";

    private CrContext? _context;
    private bool _isHostNamed;

    private protected ServiceCmdlet()
    {
    }

    /// <summary>
    /// Scheme, host and port of the service instead of the region's endpoint: HTTPS, or HTTP for a loopback address.
    /// An endpoint, specified here or with Connect-CrRegistry, takes precedence over a region.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ValidateEndpoint]
    public Uri? Endpoint { get; set; }

    /// <summary>The context instead of that of the session, from <c>Connect-CrRegistry -PassThru</c>.</summary>
    [Parameter]
    [ContextArgument]
    [ValidateNotNull]
    public CrContext? Context { get; set; }

    /// <summary>The number of requests that may be in flight at once, 1 to 64. The default is that of the context, or 10.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }

    private protected sealed override int EffectiveThrottleLimit => ThrottleLimit > 0 ? ThrottleLimit : Session.ThrottleLimit;

    /// <summary>
    /// The context, which does not change during the pipeline. Input may arrive later, for example after a list was read. Until then the prompt, or a
    /// command of the same pipeline, may connect to another registry. The input's tags would then be removed there.
    /// </summary>
    private protected CrContext Session => _context ??= CrSession.Current ?? new CrContext { Vpc = OfEnvironment().IsVpc };

    private protected sealed override void BeginPipeline() => _context = Context ?? CrSession.Current;

    /// <summary>Returns the specified region, or else that of the context, or else that of the environment.</summary>
    private protected string? EffectiveRegion(string? specified) => NullIfEmpty(specified) ?? Session.RegionId ?? OfEnvironment().Region;

    /// <summary>Returns the endpoint; null if there is none.</summary>
    /// <param name="region">The region.</param>
    /// <param name="problem">The error if there is none.</param>
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
            : FailureRecord.OfArgument($"The region '{region}' is not a region ID such as 'cn-shanghai'. Use -RegionId.", "RegionIdInvalid", region);
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
        if (ValidateInstance(instanceId) is { } problem)
        {
            reject(problem);
            return null;
        }

        var region = EffectiveRegion(regionId);
        if (FindEndpoint(region, out var noEndpoint) is { } endpoint) return (endpoint, new InstanceScope(instanceId!, region));
        reject(noEndpoint!);
        return null;
    }

    /// <summary>Rejects tags and repositories that are invalid before any input.</summary>
    /// <param name="tags">The exact names of tags.</param>
    /// <param name="parse">Parses the repositories. It writes the errors of invalid ones to the argument.</param>
    /// <param name="instanceId">The value of -InstanceId.</param>
    /// <param name="regionId">The value of -RegionId.</param>
    private protected void RejectTags(string[]? tags, Func<Action<ErrorRecord>, List<RepositoryReference>> parse, string? instanceId, string? regionId)
    {
        RejectRepositories(parse, instanceId, regionId);
        if ((IsSpecified("Tag") || !MyInvocation.ExpectingInput) && TagArgument.ValidateExact(tags) is { } problem) Terminate(problem);
    }

    /// <summary>Rejects repositories, and an instance, that are invalid before any input.</summary>
    /// <inheritdoc cref="RejectTags"/>
    private protected void RejectRepositories(Func<Action<ErrorRecord>, List<RepositoryReference>> parse, string? instanceId, string? regionId)
    {
        if (IsSpecified("Repository") || IsSpecified("RepoId")) parse(Terminate);
        if (!MyInvocation.ExpectingInput) FindInstance(instanceId, regionId, Terminate);
    }

    /// <summary>Returns the tags of the current input. The error of an invalid input concerns that input only.</summary>
    /// <inheritdoc cref="RejectTags"/>
    private protected List<(Uri Endpoint, RepositoryScope Repository, string Tag)> FindTags(
        string[]? tags, Func<Action<ErrorRecord>, List<RepositoryReference>> parse, string? instanceId, string? regionId)
    {
        // First, because a repository may be an image reference with a tag.
        var repositories = FindRepositories(parse, instanceId, regionId);
        if (repositories.Count == 0) return [];
        if (TagArgument.ValidateExact(tags) is { } problem)
        {
            WriteErrorInTurn(problem);
            return [];
        }

        return [.. repositories.SelectMany(found => tags!.Select(tag => (found.Endpoint, found.Repository, tag)))];
    }

    /// <summary>Returns the repositories of the current input.</summary>
    /// <inheritdoc cref="FindTags"/>
    private protected List<(Uri Endpoint, RepositoryScope Repository)> FindRepositories(
        Func<Action<ErrorRecord>, List<RepositoryReference>> parse, string? instanceId, string? regionId)
    {
        var repositories = parse(WriteErrorInTurn);
        return repositories.Count == 0 || FindInstance(instanceId, regionId, WriteErrorInTurn) is not { } instance
            ? []
            : [.. repositories.Select(repository => (instance.Endpoint, new RepositoryScope(instance.Scope, repository)))];
    }

    /// <summary>Returns the error of the ID of an instance; null if it is valid.</summary>
    private protected ErrorRecord? ValidateInstance(string? instanceId) => instanceId switch
    {
        null => FailureRecord.OfMissing(Session, "instance", "InstanceId"),
        _ when Identifier.IsInstanceId(instanceId) => null,
        _ => FailureRecord.OfArgument($"'{instanceId}' is not the ID of an instance. Specify an ID of the form 'cri-…'.", "InstanceIdInvalid", instanceId),
    };

    /// <summary>Reports once that requests are sent to a host that the user chose. A loopback address is this computer.</summary>
    private void NameHost(Uri endpoint)
    {
        if (_isHostNamed || endpoint.IsLoopback || ServiceEndpoint.IsOfService(endpoint)) return;
        _isHostNamed = true;
        WriteVerbose($"Signed requests are sent to '{endpoint.Authority}', which -Endpoint specifies. Hosts of the service have names such as 'cr.cn-shanghai.aliyuncs.com'.");
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
            // The failure is about the region, and not about a credential.
            Terminate(FailureRecord.Of(failure, ErrorTable.RuleOf(failure) with { Advice = null }, string.Empty, string.Empty));
            throw;
        }
    }

    private protected static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
