using System.Management.Automation;
using CrRegistry.Cmdlets.Base;
using CrRegistry.Completers;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets;

/// <summary>Creates a temporary login for the registry of an instance: the API's GetAuthorizationToken, and ListInstanceEndpoint for its domain.</summary>
[Cmdlet(VerbsCommon.Get, "CrLoginToken", HelpUri = "https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-getauthorizationtoken")]
[OutputType(typeof(LoginToken))]
public sealed class GetCrLoginTokenCommand : ServiceCmdlet
{
    /// <summary>The instances, <c>cri-…</c>. The default is that of the context.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [NameArgument(AcceptsLists = true)]
    public string[]? InstanceId { get; set; }

    /// <summary>The region of the instances. The default is that of the context.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ValidateRegionId]
    [ArgumentCompleter(typeof(RegionIdCompleter))]
    [NameArgument]
    public string? RegionId { get; set; }

    /// <summary>Returns the domain inside a VPC instead of the public one.</summary>
    [Parameter]
    public SwitchParameter Vpc { get; set; }

    /// <summary>The time until the token expires, 1 to 24 hours. The default of the service is 1.</summary>
    [Parameter]
    [ValidateRange(1, 24)]
    public int ExpiresInHours { get; set; }

    private protected override void BeginInput()
    {
        RejectEmpty(Instances.Contains(string.Empty) ? null : Instances[0], RegionId);
        if (MyInvocation.ExpectingInput) return;
        foreach (var instanceId in Instances) FindInstance(instanceId, RegionId, Terminate);
    }

    private protected override void AddInput()
    {
        // An error of a piped item concerns that item only.
        foreach (var instanceId in Instances)
        {
            if (FindInstance(instanceId, RegionId, WriteErrorInTurn) is not { } instance) continue;
            Jobs.Add(new JobInput(instance.Scope.InstanceId), Session.Connection.LogIn(instance.Endpoint, instance.Scope, Vpc, ExpiresInHours > 0 ? ExpiresInHours : null));
        }
    }

    private protected override void Receive(JobInput input, JobMessage message)
    {
        if (message is RowFound<LoginToken> login) WriteObject(login.Row);
    }

    private string?[] Instances => InstanceId is { Length: > 0 } ids ? ids : new string?[] { null };
}
