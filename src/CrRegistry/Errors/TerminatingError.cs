using System.Management.Automation;

namespace CrRegistry.Errors;

/// <summary>Ends pipelines with errors.</summary>
internal static class TerminatingError
{
    /// <summary>Ends the pipeline of a cmdlet with an error.</summary>
    public static void Throw(PSCmdlet cmdlet, ErrorRecord error)
    {
        // ThrowTerminatingError ends the statement, but not a script, if -ErrorAction Stop is specified. WriteError then ends the script.
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action) && action is ActionPreference.Stop) cmdlet.WriteError(error);
        cmdlet.ThrowTerminatingError(error);
    }
}
