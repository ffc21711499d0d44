using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Quickstart;

/// <summary>The quickstart in a terminal.</summary>
public sealed partial class PromptTests
{
    private const string Prompt = "PS /";

    /// <summary>Predictions show texts of the history, of which completion knows nothing.</summary>
    private const string NoPrediction = "Set-PSReadLineOption -PredictionSource None; ";

    // As in the README, but with the tested build.
    private static readonly string[] s_command = ["dotnet", "run", "--no-build", "--configuration", Paths.Configuration, "--project", "src/CrRegistry.Quickstart", "--"];

    [Fact]
    public async Task Opens_connected_prompt_and_ends_with_emulator()
    {
        using var terminal = Start("--prompt");
        var greeting = await terminal.WaitForAsync(Prompt);
        var port = int.Parse(Address().Match(greeting).Groups[1].Value, CultureInfo.InvariantCulture);

        // Tab completes the parameter, and the history contains the commands.
        await RunAsync(terminal, "Get-CrRepoTag team/app -Fir\t 3", "2.6.0-rc.1");
        await RunAsync(terminal, "(Get-History -Count 1).CommandLine", "Get-CrRepoTag team/app -First 3");

        // Ctrl+C ends the command, but not the prompt or the emulator.
        var before = terminal.Text.Length;
        terminal.Type("'started'; Start-Sleep -Seconds 3000\r");
        await terminal.WaitForAsync("\nstarted", before);
        terminal.Type(Terminal.Interrupt);
        await terminal.WaitForAsync(Prompt, before + Prompt.Length);
        await RunAsync(terminal, "@(Get-CrRepoTag team/app -All).Count", "500");

        terminal.Type("exit 7\r");
        Assert.Equal(7, await terminal.WaitForExitAsync());
        Assert.Empty(terminal.Processes());
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", port));
    }

    [Fact]
    public async Task Tab_completes_repository_and_tag()
    {
        using var terminal = Start("--prompt", "--tags", "1");
        await terminal.WaitForAsync(Prompt);
        // Loads the client before the time limit of the completion applies.
        await RunAsync(terminal, NoPrediction + "@(Get-CrRepoTag team/app -All).Count + 400", "401");

        await CompleteAsync(terminal, "Get-CrRepoTag team/", "team/app");
        await CompleteAsync(terminal, " -Tag v", "v0");
        await RunAsync(terminal, " | ForEach-Object ImageSize", Prompt);
        await RunAsync(terminal, "(Get-History -Count 1).CommandLine + '.'", "Get-CrRepoTag team/app -Tag v0 | ForEach-Object ImageSize.");
    }

    [Fact]
    public async Task Tab_inserts_and_shows_nothing_if_service_is_stopped()
    {
        using var terminal = Start("--prompt", "--tags", "1");
        await terminal.WaitForAsync(Prompt);
        // Port 1 has no listener. The current folder contains files that begin with 'te'.
        await RunAsync(terminal, NoPrediction + "Connect-CrRegistry cn-shanghai cri-x -Endpoint http://127.0.0.1:1 -Credential ([pscredential]::new('x', (ConvertTo-SecureString 'x' -AsPlainText -Force))); 400 + 1", "401");
        var before = terminal.Text.Length;

        await RunAsync(terminal, "{ Get-CrRepoTag te\t }.ToString().Length + 400", "418");

        Assert.DoesNotContain("tests", terminal.Text[before..], StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", terminal.Text[before..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_during_connect_keeps_prompt_connected()
    {
        using var terminal = Start("--prompt", "--tags", "3");
        // The first command of Prompt.ps1 loads this assembly.
        while (!terminal.Processes().Any(process => HasLoaded(process, "Microsoft.PowerShell.Commands.Utility.dll"))) await Task.Delay(1);
        terminal.Type(Terminal.Interrupt);
        await terminal.WaitForAsync(Prompt);
        await RunAsync(terminal, "@(Get-CrRepoTag team/app -All).Count + 400", "403");
    }

    [Fact]
    public async Task Ctrl_C_ends_tour_without_process_or_file()
    {
        var folder = Directory.CreateTempSubdirectory();
        using var terminal = new Terminal(["env", $"TMPDIR={folder.FullName}", .. s_command, "--tags", "3"]);
        await terminal.WaitForAsync("Import-Module");
        Assert.NotEmpty(terminal.Processes());
        // The channel of Enter-PSHostProcess, which PowerShell removes when it ends normally.
        Assert.NotEmpty(folder.EnumerateFiles("CoreFxPipe_PSHost.*"));
        terminal.Type(Terminal.Interrupt);
        Assert.Equal(130, await terminal.WaitForExitAsync());
        Assert.Empty(terminal.Processes());
        Assert.Empty(folder.EnumerateFiles("CoreFxPipe_PSHost.*"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Ends_prompt_with_quickstart()
    {
        using var terminal = Start("--prompt", "--tags", "3");
        await terminal.WaitForAsync(Prompt);
        var quickstart = terminal.Processes().Single(process => File.ReadAllText($"{process}/cmdline").Split('\0')[0].EndsWith("/CrRegistry.Quickstart", StringComparison.Ordinal));
        Process.Start("kill", ["-TERM", Path.GetFileName(quickstart)]).WaitForExit();
        Assert.Equal(143, await terminal.WaitForExitAsync());
        Assert.Empty(terminal.Processes());
    }

    [Fact]
    public async Task Ends_with_its_terminal()
    {
        using var terminal = Start("--prompt", "--tags", "3");
        await terminal.WaitForAsync(Prompt);
        terminal.Close();
        for (var wait = 0; terminal.Processes().Count > 0 && wait < 300; wait++) await Task.Delay(100);
        Assert.Empty(terminal.Processes());
    }

    private static Terminal Start(params string[] arguments) => new([.. s_command, .. arguments]);

    private static bool HasLoaded(string process, string assembly)
    {
        try
        {
            return File.ReadAllText(Path.Join(process, "maps")).Contains(assembly, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // The process has ended.
            return false;
        }
    }

    /// <summary>Types keys, and presses Tab until a text is inserted. On a busy computer an answer may exceed the time limit.</summary>
    private static async Task CompleteAsync(Terminal terminal, string keys, string expected)
    {
        var before = terminal.Text.Length;
        terminal.Type(keys);
        for (var waits = 0; !terminal.Text[before..].Contains(expected, StringComparison.Ordinal); waits++)
        {
            if (waits % 40 == 0) terminal.Type("\t");
            await Task.Delay(50);
            Assert.True(waits < 3600, $"'{expected}' was not inserted. The terminal received:\n{terminal.Text[before..]}");
        }
    }

    private static async Task RunAsync(Terminal terminal, string command, string expected)
    {
        var before = terminal.Text.Length;
        terminal.Type(command + "\r");
        var received = await terminal.WaitForAsync(expected, before);
        await terminal.WaitForAsync(Prompt, before + received.IndexOf(expected, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Address();
}
