using System.Management.Automation;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Forgets the defaults of the session, its credential among them. What is running goes on.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CrRegistry", HelpUri = "https://www.alibabacloud.com/help/en/acr/product-overview/what-is-container-registry")]
[OutputType(typeof(void))]
public sealed class DisconnectCrRegistryCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => CrSession.Current = null;
}
