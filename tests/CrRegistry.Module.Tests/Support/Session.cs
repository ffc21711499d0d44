using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using CrRegistry.Emulator;
using CrRegistry.Module.Tests.Support.Hosting;

namespace CrRegistry.Module.Tests.Support;

/// <summary>A prompt that imports the staged module.</summary>
internal sealed class Session : IDisposable
{
    private const string Caught = "caught";

    private readonly StringWriter _screen = new();
    private readonly Runspace _runspace;

    public Session(int width = 120)
    {
        _runspace = RunspaceFactory.CreateRunspace(new TextHost(_screen, width), InitialSessionState.CreateDefault2());
        _runspace.Open();
        Run($"Import-Module '{Paths.Staging}'").AssertNoError();
    }

    public string Screen => _screen.ToString();

    public void Connect(EmulatorServer emulator)
    {
        Set("credential", Credential(emulator.AccessKeyId, emulator.AccessKeySecret));
        Run($"Connect-CrRegistry {emulator.RegionId} {emulator.InstanceId} -Endpoint {emulator.Address} -Credential $credential").AssertNoError();
    }

    public static PSCredential Credential(string id, string secret)
    {
        var secure = new SecureString();
        foreach (var character in secret) secure.AppendChar(character);
        return new PSCredential(id, secure);
    }

    public object? Get(string name) => _runspace.SessionStateProxy.GetVariable(name);

    public void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    public Outcome Run(string script, params object[] input)
    {
        using var powershell = PowerShell.Create(_runspace);
        // A terminating error of a cmdlet ends its statement, not the script. Only a catch distinguishes it from a non-terminating error.
        Set(Caught, null);
        powershell.AddScript("try { " + script + Environment.NewLine + "} catch { $" + Caught + " = $_ }", useLocalScope: false);
        var output = new Collection<PSObject>();
        powershell.Invoke(input, output);

        return new Outcome([.. output], [.. powershell.Streams.Error], [.. powershell.Streams.Warning.Select(warning => warning.Message)],
            [.. powershell.Streams.Verbose.Select(verbose => verbose.Message)], [.. powershell.Streams.Progress], _runspace.SessionStateProxy.GetVariable(Caught) as ErrorRecord)
        {
            Debug = [.. powershell.Streams.Debug.Select(debug => debug.Message)],
        };
    }

    /// <summary>Runs a script and presses Ctrl+C.</summary>
    /// <param name="script">The script, which does not end by itself.</param>
    /// <param name="reached">Returns a task that ends when the script is to be stopped. Its argument receives the verbose messages.</param>
    public async Task StopAsync(string script, Func<PSDataCollection<VerboseRecord>, Task> reached)
    {
        using var powershell = PowerShell.Create(_runspace);
        var running = powershell.AddScript(script).InvokeAsync();
        await reached(powershell.Streams.Verbose);
        await powershell.StopAsync(null, null).WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        Assert.Empty(powershell.Streams.Error);
    }

    public string Show(string script)
    {
        using var powershell = PowerShell.Create(_runspace);
        var before = Screen.Length;
        powershell.AddScript(script).AddCommand("Out-Default").Invoke();
        return Screen[before..];
    }

    public void Dispose()
    {
        Run("Disconnect-CrRegistry");
        _runspace.Dispose();
    }
}
