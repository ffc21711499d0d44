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
public sealed class GetCrNamespaceCommand : ListCmdlet<Namespace>
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
    [NameArgument(AcceptsPipelineObjects = true)]
    public string[]? Name { get; set; }

    /// <summary>The name of the namespace of a piped namespace or repository. The namespaces of a piped instance are listed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RepoNamespaceName", "NamespaceId")]
    [ValidateNotNullOrEmpty]
    [NameArgument]
    public string? NamespaceName { get; set; }

    /// <summary>The instance that has the namespaces, <c>cri-…</c>; the context's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [NameArgument]
    public string? InstanceId { get; set; }

    /// <summary>The region of the instance; the context's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    private protected override bool IsChosenByName => SpecifiedNames is not null;

    private protected override string ChoosingParameters => ", -Name or -NamespaceName";

    /// <summary>The names and IDs of the current input; null if it lists namespaces.</summary>
    private string?[]? SpecifiedNames
    {
        get
        {
            // PowerShell also binds the text of a piped object to -Name. It is ignored if a property is bound.
            if (!IsSpecified(nameof(Name)) && NamespaceName is not null) return [NamespaceName];
            if (!IsSpecified(nameof(Name)) && (!IsInputBound || IsInstance)) return null;
            return Name is { Length: > 0 } names ? names : new string?[] { null };
        }
    }

    /// <summary>True if a piped object without a namespace has an instance.</summary>
    private bool IsInstance => !IsSpecified(nameof(InstanceId)) && NullIfEmpty(InstanceId) is not null;

    private protected override void BeginInput()
    {
        ValidatePaging();
        RejectEmpty(InstanceId, RegionId);
        if (SpecifiedNames is { } names) ValidNames(names, Terminate);
        if (!MyInvocation.ExpectingInput) FindInstance(InstanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        if (NamespaceName is not null && WildcardPattern.ContainsWildcardCharacters(NamespaceName))
        {
            WriteErrorInTurn(FailureRecord.OfArgument($"'{NamespaceName}' is not the name of a namespace. Use wildcards with -Name.", "NamespaceInvalid", NamespaceName));
            return;
        }

        string[] names = SpecifiedNames is { } specified ? ValidNames(specified, WriteErrorInTurn) : [];
        if ((SpecifiedNames is not null && names.Length == 0) || FindInstance(InstanceId, RegionId, WriteErrorInTurn) is not { } instance || !NeedsRequest()) return;
        foreach (var (name, job) in Session.Connection.List(instance.Endpoint, new Namespaces(instance.Scope), Range, WildcardArgument.Filter<Namespace>(names, row => row.NamespaceName)))
            Jobs.Add(Input(name ?? instance.Scope.InstanceId), job);
    }

    private protected override ErrorRecord NotFound(JobInput input, string name) => FailureRecord.OfMissingRow(
        FailureRecord.NamespaceNotFound, Operation.ListNamespace, $"The instance '{input.Name}' has no namespace '{name}'.", name);

    private static string[] ValidNames(string?[] names, Action<ErrorRecord> reject)
    {
        var valid = new List<string>();
        foreach (var name in names)
        {
            if (WildcardArgument.ValidateName(name, Identifier.IsNamespace, "namespace", "Specify a name, wildcards, or the ID of a namespace, 'crn-…'.") is { } error) reject(error);
            else valid.Add(name!);
        }

        return [.. valid];
    }
}
