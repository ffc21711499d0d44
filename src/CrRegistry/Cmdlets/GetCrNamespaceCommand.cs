using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Queries the namespaces of an instance: the API's ListNamespace, and GetNamespace for single ones.</summary>
[Cmdlet(VerbsCommon.Get, "CrNamespace", SupportsPaging = true, HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-listnamespace")]
[OutputType(typeof(Namespace), typeof(ulong))]
public sealed class GetCrNamespaceCommand : NamedListCmdlet<Namespace>
{
    /// <summary>Initializes the cmdlet.</summary>
    public GetCrNamespaceCommand()
        : base("namespaces")
    {
    }

    /// <summary>Namespaces: names, wildcards, or IDs (<c>crn-…</c>). Names are case-sensitive.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [NameArgument(AcceptsLists = true, AcceptsPipelineObjects = true)]
    public override string[]? Name { get; set; }

    /// <summary>The name of the namespace of a piped namespace or repository. The namespaces of a piped instance are listed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RepoNamespaceName", "NamespaceId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [NameArgument]
    public string? NamespaceName { get; set; }

    /// <summary>The instance that has the namespaces, <c>cri-…</c>; the context's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument]
    public override string? InstanceId { get; set; }

    /// <summary>The region of the instance; the context's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public override string? RegionId { get; set; }

    private protected override string[] ChoosingParameters => ["-Name", "-NamespaceName"];

    private protected override string?[]? SpecifiedNames
    {
        get
        {
            // PowerShell also binds the text of a piped object to -Name. It is ignored if a property is bound.
            if (!IsSpecified(nameof(Name)) && NamespaceName is not null) return [NamespaceName];
            if (!IsSpecified(nameof(Name)) && (!IsInputBound || IsInstance)) return null;
            return Names;
        }
    }

    /// <summary>True if a piped object without a namespace has an instance.</summary>
    private bool IsInstance => !IsSpecified(nameof(InstanceId)) && NullIfEmpty(InstanceId) is not null;

    private protected override ErrorRecord? ValidateInput() => NamespaceName is not null && WildcardPattern.ContainsWildcardCharacters(NamespaceName)
        ? FailureRecord.OfArgument($"'{NamespaceName}' is not the name of a namespace. Use wildcards with -Name.", "NamespaceInvalid", NamespaceName)
        : null;

    private protected override ErrorRecord? ValidateName(string? name) =>
        WildcardArgument.ValidateName(name, Identifier.IsNamespace, "a namespace", "Specify a name, wildcards, or the ID of a namespace, 'crn-…'.");

    private protected override void AddJobs(string[] names)
    {
        if (FindInstance(InstanceId, RegionId, WriteErrorInTurn) is not { } instance || !NeedsRequest()) return;
        foreach (var (name, job) in Session.Connection.List(instance.Endpoint, new Namespaces(instance.Scope), Range, WildcardArgument.Filter<Namespace>(names, row => row.NamespaceName)))
            Jobs.Add(Input(name ?? instance.Scope.InstanceId), job);
    }

    private protected override ErrorRecord NotFound(JobInput input, string name) => FailureRecord.OfMissingRow(
        FailureRecord.NamespaceNotFound, Operation.ListNamespace, $"The instance '{input.Name}' has no namespace '{name}'.", name);
}
