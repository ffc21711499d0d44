using System.Management.Automation;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Removes the defaults of the runspace, including the credential. Running pipelines and runspaces with their own connection are not affected.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CrRegistry", HelpUri = "https://www.alibabacloud.com/help/en/acr/product-overview/what-is-container-registry")]
[OutputType(typeof(void))]
public sealed class DisconnectCrRegistryCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => CrSession.Disconnect();
}
