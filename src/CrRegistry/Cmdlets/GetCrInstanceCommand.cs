using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the instances of a region: the API's ListInstance, and GetInstance for single ones.</summary>
[Cmdlet(VerbsCommon.Get, "CrInstance", DefaultParameterSetName = NameSet, SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listinstance")]
[OutputType(typeof(Instance), typeof(ulong))]
public sealed class GetCrInstanceCommand : NamedListCmdlet<Instance>
{
    private const string NameSet = "Name";
    private const string InstanceIdSet = "InstanceId";

    /// <summary>Initializes the cmdlet.</summary>
    public GetCrInstanceCommand()
        : base("instances")
    {
    }

    /// <summary>Instances: names, wildcards, or IDs (<c>cri-…</c>). Names are case-sensitive.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument(AcceptsLists = true, AcceptsPipelineObjects = true)]
    public override string[]? Name { get; set; }

    /// <summary>The ID of an instance, <c>cri-…</c>. It binds to this property of a piped object.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = InstanceIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public override string? InstanceId { get; set; }

    /// <summary>The region of the instances; the context's by default.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InstanceIdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public override string? RegionId { get; set; }

    private protected override string[] ChoosingParameters => ["-Name", "-InstanceId"];

    private protected override string?[]? SpecifiedNames
    {
        get
        {
            if (!IsSpecified(nameof(Name)) && !IsSpecified(nameof(InstanceId)) && !IsInputBound) return null;
            return ParameterSetName == InstanceIdSet ? [InstanceId] : Names;
        }
    }

    private protected override ErrorRecord? ValidateName(string? name) => ParameterSetName == InstanceIdSet
        ? ValidateId(name)
        : WildcardArgument.ValidateName(name, Identifier.IsInstanceName, "an instance", "Specify a name, wildcards, or the ID of an instance, 'cri-…'.");

    private protected override void FindService(Action<ErrorRecord> reject) => FindEndpoint(reject);

    private protected override void AddJobs(string[] names)
    {
        if (FindEndpoint(WriteErrorInTurn) is not { } endpoint || !NeedsRequest()) return;
        var region = EffectiveRegion(RegionId);
        foreach (var (name, job) in Session.Connection.List(endpoint, new Instances(region), Range, WildcardArgument.Filter<Instance>(names, row => row.InstanceName)))
            Jobs.Add(Input(name ?? region ?? endpoint.Authority), job);
    }

    private protected override ErrorRecord NotFound(JobInput input, string name) => FailureRecord.OfMissingRow(
        FailureRecord.InstanceNotFound, Operation.ListInstance, $"No instance '{name}' was found in '{input.Name}'.", name);

    private Uri? FindEndpoint(Action<ErrorRecord> reject)
    {
        if (FindEndpoint(EffectiveRegion(RegionId), out var problem) is { } endpoint) return endpoint;
        reject(problem!);
        return null;
    }

    private static ErrorRecord? ValidateId(string? id)
    {
        const string valid = "Specify the ID of an instance, 'cri-…', or use -Name.";
        if (string.IsNullOrEmpty(id)) return FailureRecord.OfArgument($"The InstanceId is empty. {valid}", "InstanceIdMissing", id);
        return Identifier.IsInstanceId(id!) ? null : FailureRecord.OfArgument($"'{id}' is not the ID of an instance. {valid}", "InstanceIdInvalid", id);
    }
}
