using CrRegistry.Emulator;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class LoadingTests
{
    /// <summary>The number of this module's handlers that the runtime would call for an assembly.</summary>
    private const string CountHandlers = """
        $field = [System.Runtime.Loader.AssemblyLoadContext].GetField('_resolving', 'NonPublic, Instance')
        $handlers = $field.GetValue([System.Runtime.Loader.AssemblyLoadContext]::Default)
        @($handlers.GetInvocationList() | Where-Object { $_.Method.DeclaringType.FullName -like 'CrRegistry.*' }).Count
        """;

    [Fact]
    public async Task Main_job_runs_in_bare_host()
    {
        var run = await ListAsync();

        Assert.Equal("250", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Main_job_runs_after_load_of_old_Microsoft_Extensions_Http()
    {
        var run = await ListAsync($"""
            $null = [System.Reflection.Assembly]::LoadFrom('{Paths.OldHttpAssembly}')
            """, after: """
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName() } | Where-Object Name -eq Microsoft.Extensions.Http | ForEach-Object { $_.Version.Major }
            """);

        var lines = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal("250", lines[0]);
        Assert.Equal(["10", "2"], lines[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Uses_assemblies_of_host()
    {
        var run = await ListAsync(after: """
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }
            """);

        var names = run.Output.Split('\n', StringSplitOptions.TrimEntries)[1..];
        Assert.Single(names, "System.Text.Json");
        Assert.Single(names, "System.Threading.Channels");
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public async Task Resolves_only_client_by_name()
    {
        var run = await ListAsync(after: """
            foreach ($name in 'CrRegistry.Client', 'Microsoft.Extensions.Http') { try { [System.Reflection.Assembly]::Load($name).GetName().Name } catch { 'not found' } }
            """);

        Assert.Equal(["250", "CrRegistry.Client", "not found"], run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Runspaces_share_one_handler()
    {
        var run = await ListAsync(imported: $"""
            $other = [powershell]::Create([System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2())
            $null = $other.AddScript("Import-Module '{Paths.Staging}'").Invoke()
            {CountHandlers}
            $other.Commands.Clear()
            $null = $other.AddScript('Remove-Module CrRegistry').Invoke()
            $other.HadErrors
            """);

        Assert.Equal(["1", "False", "250"], run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Script_can_use_type_after_import()
    {
        var run = await BareHostRun.OfAsync($"""
            Import-Module '{Paths.Staging}'
            [CrRegistry.ImageTag].FullName
            """);

        Assert.Equal("CrRegistry.ImageTag", run.Output);
    }

    [Fact]
    public async Task Retries_failed_call_in_bare_host()
    {
        // Polly and its clock are first loaded here.
        var run = await BareHostRun.OfAsync(
            $"""
            Import-Module '{Paths.Staging}'
            try {"{"} Get-CrRepoTag crr-x -InstanceId cri-x -Endpoint http://127.0.0.1:1 -Verbose 4>&1 {"}"} catch {"{"} $_.FullyQualifiedErrorId {"}"}
            """,
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "test-id"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "test-secret"));

        var lines = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(5, lines.Length);
        Assert.Equal("Requests are signed with the AccessKey ID 'test-id' (source: environment variable ALIBABA_CLOUD_ACCESS_KEY_ID).", lines[0]);
        for (var number = 2; number <= 4; number++) Assert.Matches($"^ListRepoTag page 1: ConnectionFailed, attempt {number} in [0-9]+ ms$", lines[number - 1]);
        Assert.StartsWith("ConnectionFailed,", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_needs_no_dependency()
    {
        var copy = Directory.CreateTempSubdirectory("CrRegistry");
        try
        {
            foreach (var file in Directory.GetFiles(Paths.Staging)) File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));

            var run = await BareHostRun.OfAsync($"""
                Import-Module '{Path.Combine(copy.FullName, "CrRegistry.psd1")}'
                @(Get-Command -Module CrRegistry).Count
                Get-CrContext
                try {"{"} Get-CrRepoTag team/app {"}"} catch {"{"} "$_" {"}"}
                """);

            Assert.StartsWith($"{Manifest.Cmdlets.Count}\n", run.Output, StringComparison.Ordinal);
            Assert.Contains("CrRegistry.Client", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Import_loads_no_file_of_dependencies()
    {
        var run = await BareHostRun.OfAsync($"""
            Import-Module '{Paths.Staging}'
            @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object Location -like '*dependencies*').Count
            """);

        Assert.Equal("0", run.Output);
    }

    [Fact]
    public async Task Import_and_completion_of_known_values_load_no_file_of_dependencies()
    {
        var run = await BareHostRun.OfAsync($"""
            Import-Module '{Paths.Staging}'
            foreach ($line in 'Connect-CrRegistry cn-shang', 'Invoke-CrApi ListRepoTagS') {"{"} [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches[0].CompletionText {"}"}
            @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object Location -like '*dependencies*').Count
            """);

        Assert.Equal(["cn-shanghai", "ListRepoTagScanResult", "0"], run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Ten_forced_imports_leave_one_handler()
    {
        var run = await BareHostRun.OfAsync($"""
            foreach ($n in 1..10) {"{"} Import-Module '{Paths.Staging}' -Force {"}"}
            {CountHandlers}
            Remove-Module CrRegistry
            $handlers = $field.GetValue([System.Runtime.Loader.AssemblyLoadContext]::Default)
            @(if ($handlers) {"{"} $handlers.GetInvocationList() | Where-Object {"{"} $_.Method.DeclaringType.FullName -like 'CrRegistry.*' {"}"} {"}"}).Count
            Import-Module '{Paths.Staging}'
            {CountHandlers}
            """);

        Assert.Equal(["1", "0", "1"], run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    private static async Task<BareHostRun> ListAsync(string before = "", string imported = "", string after = "")
    {
        await using var emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250 }, CancellationToken.None);
        return await BareHostRun.OfAsync(
            $"""
            {before}
            Import-Module '{Paths.Staging}' -Force
            Import-Module '{Paths.Staging}' -Force
            {imported}
            @(Get-CrRepoTag team/app -All -InstanceId {emulator.InstanceId} -Endpoint {emulator.Address}).Count
            {after}
            """,
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", emulator.AccessKeyId),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", emulator.AccessKeySecret));
    }
}
