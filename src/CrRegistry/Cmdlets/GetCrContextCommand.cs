using System.Management.Automation;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Gives the defaults of the session, without any secret; nothing where none were set.</summary>
[Cmdlet(VerbsCommon.Get, "CrContext", HelpUri = "https://www.alibabacloud.com/help/en/acr/product-overview/what-is-container-registry")]
[OutputType(typeof(CrContext))]
public sealed class GetCrContextCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (CrSession.Current is { } context) WriteObject(context);
    }
}
