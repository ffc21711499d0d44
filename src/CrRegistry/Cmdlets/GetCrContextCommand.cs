using System.Management.Automation;
using CrRegistry.Session;

namespace CrRegistry.Cmdlets;

/// <summary>Returns the defaults of the runspace without secrets; nothing if there is no connection.</summary>
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
