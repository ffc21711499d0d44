using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using CrRegistry.Emulator;
using CrRegistry.Quickstart.Hosting;

namespace CrRegistry.Quickstart;

/// <summary>The main job, command by command, in a real PowerShell engine against the emulator.</summary>
internal sealed class Tour(EmulatorServer emulator, string modulePath, TextWriter output)
{
    private const int Width = 100;

    private string[] Commands =>
    [
        $"Import-Module {modulePath}",
        $"Connect-CrRegistry -RegionId {emulator.RegionId} -InstanceId {emulator.InstanceId} -Endpoint {emulator.Address} -Credential $credential",
        "Get-CrRepoTag team/app -First 5",
        "@(Get-CrRepoTag team/app -All).Count",
        "Get-CrRepoTag team/app -PageSize 3",
        "Get-CrRepoTag team/app -Tag v1* -First 2 | ForEach-Object { $_.Tag, $_.ImageSize, $_.ImageUpdate.Kind }",
        "@(Get-CrRepoTag team/app -All | Where-Object ImageUpdate -lt ([datetime]::Now.AddDays(-2))).Count",
        "try { Get-CrRepoTag team/nothing -ErrorAction Stop } catch { \"$_\" }",
        "Disconnect-CrRegistry",
    ];

    /// <summary>Runs it.</summary>
    /// <returns>Whether every command did what it was to do.</returns>
    public bool Run(CancellationToken cancellationToken)
    {
        using var runspace = RunspaceFactory.CreateRunspace(new TextHost(output, Width), InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.SetVariable("credential", new PSCredential(emulator.AccessKeyId, Secure(emulator.AccessKeySecret)));
        return Commands.All(command => Run(runspace, command, cancellationToken));
    }

    private bool Run(Runspace runspace, string command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        output.WriteLine($"PS> {command}");
        using var powershell = PowerShell.Create(runspace);
        using var stop = cancellationToken.Register(() => powershell.BeginStop(null, null));
        powershell.AddScript(command).AddCommand("Out-Default");
        // As at a prompt: errors are shown where they happen.
        powershell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            powershell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RuntimeException exception)
        {
            output.WriteLine(exception.Message);
            return false;
        }

        output.WriteLine();
        return !powershell.HadErrors || command.StartsWith("try", StringComparison.Ordinal);
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text) secure.AppendChar(character);
        secure.MakeReadOnly();
        return secure;
    }
}
