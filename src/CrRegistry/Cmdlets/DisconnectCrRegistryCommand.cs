using System.Management.Automation;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Forgets the defaults of the runspace, its credential among them. A pipeline that is running is not affected, nor is another runspace that has its own.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CrRegistry", HelpUri = "https://www.alibabacloud.com/help/en/acr/product-overview/what-is-container-registry")]
[OutputType(typeof(void))]
public sealed class DisconnectCrRegistryCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => CrSession.Disconnect();
}
