using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using CrRegistry.Emulator;

namespace CrRegistry.Quickstart;

/// <summary>Starts the PowerShell version in the tool manifest, and ends it with this process.</summary>
internal sealed class Shell : IDisposable
{
    private const int SignalBase = 128;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    /// <summary>The exit code of Tour.ps1 at its end. It is not 0, because an interrupted PowerShell exits with 0.</summary>
    private const int TourCompleted = 10;

    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(2);

    private readonly EmulatorServer _emulator;
    private readonly int? _tagCount;
    private readonly PosixSignalRegistration[] _signals;
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _prompts;

    public Shell(EmulatorServer emulator, int? tagCount)
    {
        _emulator = emulator;
        _tagCount = tagCount;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    /// <summary>Plays the tour.</summary>
    /// <returns>The exit code: 0 if each command succeeded.</returns>
    public async Task<int> PlayTourAsync() => await RunAsync("Tour.ps1", "-NonInteractive") switch
    {
        TourCompleted => 0,
        // PowerShell may end before this process receives the signal.
        0 => SignalBase + SigInt,
        var exitCode => exitCode,
    };

    /// <summary>Opens a prompt, and waits until the user leaves it.</summary>
    /// <returns>The exit code of the prompt.</returns>
    public Task<int> OpenPromptAsync()
    {
        _prompts = true;
        return RunAsync("Prompt.ps1", "-NoExit");
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        // At the prompt, Ctrl+C ends the command that runs there. PowerShell received it as well.
        if (_prompts && context.Signal == PosixSignal.SIGINT) return;
        _ended.TrySetResult(SignalBase + (context.Signal == PosixSignal.SIGINT ? SigInt : SigTerm));
    }

    private async Task<int> RunAsync(string script, string option)
    {
        var start = new ProcessStartInfo("dotnet", [Metadata("PowerShell"), "-NoLogo", "-NoProfile", option, "-ExecutionPolicy", "Bypass", "-File", Path.Join(AppContext.BaseDirectory, script)]);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        // PowerShell also writes colors into a pipe or file.
        if (Console.IsOutputRedirected) start.Environment["NO_COLOR"] = "1";
        // Not on the command line, because each user of the computer can read it.
        start.Environment["CRREGISTRY_QUICKSTART"] = JsonSerializer.Serialize(new
        {
            Module = Metadata("StagingDirectory"),
            Endpoint = _emulator.Address,
            _emulator.RegionId,
            _emulator.InstanceId,
            _emulator.Repository,
            _emulator.AccessKeyId,
            _emulator.AccessKeySecret,
            NextCommand = "dotnet run --project src/CrRegistry.Quickstart -- --prompt" + (_tagCount is null ? "" : $" --tags {_tagCount}"),
        });
        using var shell = Process.Start(start)!;
        var exit = shell.WaitForExitAsync();
        if (await Task.WhenAny(exit, _ended.Task) == exit && !_ended.Task.IsCompleted) return shell.ExitCode;
        // Ctrl+C also ends PowerShell. If PowerShell is killed, it does not remove its socket from the temporary folder.
        if (await _ended.Task == SignalBase + SigInt) await Task.WhenAny(exit, Task.Delay(s_timeToEnd));
        shell.Kill(entireProcessTree: true);
        await exit;
        return await _ended.Task;
    }

    private static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
