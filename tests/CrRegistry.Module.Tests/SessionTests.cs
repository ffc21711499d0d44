using System.Management.Automation;
using CrRegistry.Emulator;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>The connection of a runspace, which may be its own or that of the prompt. The session of the base class is the prompt.</summary>
public sealed class SessionTests : ModuleTest
{
    private const string NotConnected = "There is no connection";

    [Fact]
    public async Task Connections_of_runspaces_are_independent()
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        await using var third = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 5 }, CancellationToken.None);
        using var one = new Session();
        using var two = new Session();
        one.Connect(other);
        two.Connect(third);

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(3, one.Run("Get-CrRepoTag team/app -All").AssertNoError().Output.Count);
            Assert.Equal(5, two.Run("Get-CrRepoTag team/app -All").AssertNoError().Output.Count);
            Assert.Equal(250, Session.Run("Get-CrRepoTag team/app -All").AssertNoError().Output.Count);
        }

        Assert.All(third.Requests, request => Assert.Equal(third.InstanceId, request.Parameters["InstanceId"]));
        Assert.Equal([other.Address.ToString(), third.Address.ToString()], new[] { one, two }.Select(session => EndpointOf(session)));
    }

    /// <summary>The other registry has an instance, a repository and tags with the same IDs and digests.</summary>
    [Theory]
    [InlineData("| Remove-CrRepoTag -Confirm:$false")]
    [InlineData("| Get-CrRepoTag | ForEach-Object { [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; Digest = $_.Digest } } | Remove-CrRepoTag -Confirm:$false")]
    public async Task Pipeline_keeps_connection_of_its_start(string rest)
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250 }, CancellationToken.None);
        Session.Set("other", Target(other));

        Session.Run($$"""
            Get-CrRepoTag team/app -All | ForEach-Object {
                Connect-CrRegistry -InstanceId $other.InstanceId -Endpoint $other.Endpoint -Credential $other.Credential
                [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; Digest = $_.Digest }
            } {{rest}}
            """).AssertNoError();

        Assert.Equal((0, 250), (Emulator.Registry.Repositories[0].TagCount, other.Registry.Repositories[0].TagCount));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Items_of_ForEach_Object_Parallel_have_their_own_connection()
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        Session.Set("services", new[] { Target(Emulator), Target(other) });

        var outcome = Session.Run($$"""
            $gate = [System.Threading.Barrier]::new(2)
            $services | ForEach-Object -ThrottleLimit 2 -Parallel {
                Import-Module '{{Paths.Staging}}'
                $service = $_
                Connect-CrRegistry -InstanceId $service.InstanceId -Endpoint $service.Endpoint -Credential $service.Credential
                # Both have connected before one of them lists.
                $null = ($using:gate).SignalAndWait(60000)
                foreach ($round in 1..3) { "$($service.Endpoint) $(@(Get-CrRepoTag team/app -All).Count) $((Get-CrContext).Endpoint)" }
            }
            """).AssertNoError();

        Assert.Equal(
            new[] { (Emulator, 250), (other, 3) }.SelectMany(pair => Enumerable.Repeat($"{pair.Item1.Address} {pair.Item2} {pair.Item1.Address}", 3)).Order(StringComparer.Ordinal),
            outcome.Texts.Order(StringComparer.Ordinal));
        Assert.Equal(Emulator.Address.ToString(), EndpointOf(Session));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-UseNewRunspace")]
    public async Task Connection_of_item_does_not_affect_next_item_of_runspace(string newRunspace)
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        Session.Set("service", Target(other));

        var outcome = Session.Run($$"""
            1..6 | ForEach-Object -ThrottleLimit 1 {{newRunspace}} -Parallel {
                # A script may import with -Force again and again.
                Import-Module '{{Paths.Staging}}' -Force
                if ($_ -eq 2) { Connect-CrRegistry -InstanceId ($using:service).InstanceId -Endpoint ($using:service).Endpoint -Credential ($using:service).Credential }
                if ($_ -eq 4) { Disconnect-CrRegistry }
                "$_ $((Get-CrContext).Endpoint)"
            }
            """).AssertNoError();

        Assert.Equal([$"1 {Emulator.Address}", $"2 {other.Address}", $"3 {Emulator.Address}", "4 ", $"5 {Emulator.Address}", $"6 {Emulator.Address}"], outcome.Texts);
    }

    [Fact]
    public async Task Runspace_without_connection_uses_current_one_of_prompt()
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        using var job = new Session();

        Assert.Equal(250, job.Run("Get-CrRepoTag team/app -All").AssertNoError().Output.Count);
        Session.Connect(other);
        Assert.Equal(3, job.Run("Get-CrRepoTag team/app -All").AssertNoError().Output.Count);
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        Assert.Contains(NotConnected, job.Run("Get-CrRepoTag team/app").Terminating!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disconnect_affects_only_its_runspace()
    {
        using var job = new Session();
        job.Run("Disconnect-CrRegistry").AssertNoError();

        Assert.Empty(job.Run("Get-CrContext").AssertNoError().Output);
        Assert.Contains(NotConnected, job.Run("Get-CrRepoTag team/app").Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["v0"], Session.Run("Get-CrRepoTag team/app -First 1").AssertNoError().Texts);
        job.Connect(Emulator);
        Assert.Equal(["v0"], job.Run("Get-CrRepoTag team/app -First 1").AssertNoError().Texts);
    }

    [Fact]
    public async Task Disconnected_prompt_does_not_use_other_connection()
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        using var job = new Session();
        job.Connect(other);
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        using var later = new Session();

        Assert.Empty(Session.Run("Get-CrContext").AssertNoError().Output);
        Assert.Empty(later.Run("Get-CrContext").AssertNoError().Output);
        Assert.Equal(other.Address.ToString(), EndpointOf(job));
    }

    [Fact]
    public async Task Next_connected_runspace_replaces_closed_or_reset_first_one()
    {
        var run = await BareHostRun.OfAsync($$"""
            Import-Module '{{Paths.Staging}}'
            $shells = foreach ($region in 'cn-beijing', 'cn-hangzhou', 'cn-shanghai') {
                $shell = [powershell]::Create([System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2())
                $null = $shell.AddScript("Import-Module '{{Paths.Staging}}'; Connect-CrRegistry $region").Invoke()
                $shell
            }
            (Get-CrContext).RegionId
            $shells[0].Runspace.Close()
            (Get-CrContext).RegionId
            $shells[1].Runspace.ResetRunspaceState()
            (Get-CrContext).RegionId
            $shells[2].Runspace.Dispose()
            "none: $(Get-CrContext)"
            Connect-CrRegistry cn-shenzhen
            (Get-CrContext).RegionId
            """);

        Assert.Equal(["cn-beijing", "cn-hangzhou", "cn-shanghai", "none: ", "cn-shenzhen"], run.Output.Split('\n').Select(line => line.TrimEnd('\r')));
    }

    [Theory]
    [InlineData("Remove-Module CrRegistry; Import-Module '{0}'")]
    [InlineData("Remove-Module CrRegistry -Force; Import-Module '{0}' -Force")]
    [InlineData("Get-Module CrRegistry | Remove-Module; Import-Module '{0}'")]
    [InlineData("New-Module -Name Outer {{ Import-Module '{0}' -Global }} | Import-Module; Remove-Module CrRegistry; Import-Module '{0}'")]
    public void Remove_Module_drops_connection(string script)
    {
        // A closed runspace did not remove the module.
        using (var closed = new Session()) closed.Run("Get-CrContext").AssertNoError();

        Session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Paths.Staging)).AssertNoError();

        Assert.Empty(Session.Run("Get-CrContext").AssertNoError().Output);
        Assert.Contains(NotConnected, Session.Run("Get-CrRepoTag team/app").Terminating!.ToString(), StringComparison.Ordinal);
        using var other = new Session();
        Assert.Empty(other.Run("Get-CrContext").AssertNoError().Output);
        Session.Connect(Emulator);
        Assert.Equal(["v0"], Session.Run("Get-CrRepoTag team/app -First 1").AssertNoError().Texts);
    }

    [Theory]
    [InlineData("Import-Module '{0}' -Force")]
    [InlineData("Import-Module '{0}' -Force; Import-Module '{0}' -Force -Global; Import-Module '{0}'")]
    public void Repeated_import_keeps_connection(string script)
    {
        Session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Paths.Staging)).AssertNoError();

        Assert.Equal(["v0"], Session.Run("Get-CrRepoTag team/app -First 1").AssertNoError().Texts);
    }

    [Fact]
    public async Task Remove_Module_keeps_connections_of_other_runspaces()
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        using var inheriting = new Session();
        using var connected = new Session();
        connected.Connect(other);

        inheriting.Run($"Import-Module '{Paths.Staging}' -Force").AssertNoError();
        connected.Run("Remove-Module CrRegistry").AssertNoError();

        Assert.Equal(Emulator.Address.ToString(), EndpointOf(inheriting));
        Assert.Equal(Emulator.Address.ToString(), EndpointOf(Session));
        connected.Run($"Import-Module '{Paths.Staging}'").AssertNoError();
        Assert.Empty(connected.Run("Get-CrContext").AssertNoError().Output);
    }

    [Fact]
    public void Closed_runspace_releases_context()
    {
        var context = ConnectAndClose();

        for (var round = 0; round < 20 && context.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);

        // In a separate method, so that no local variable keeps it alive.
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference ConnectAndClose()
        {
            using var session = new Session();
            session.Connect(Emulator);
            return new WeakReference(session.Run("Get-CrContext").Output.Single().BaseObject);
        }
    }

    [Fact]
    public async Task NoSession_returns_context_without_change_of_session()
    {
        await using var other = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 }, CancellationToken.None);
        Session.Set("service", Target(other));

        var outcome = Session.Run("$other = Connect-CrRegistry -InstanceId $service.InstanceId -Endpoint $service.Endpoint -Credential $service.Credential -PassThru -NoSession").AssertNoError();

        Assert.Empty(outcome.Output);
        Assert.Equal(Emulator.Address.ToString(), EndpointOf(Session));
        Assert.Equal(3, Session.Run("Get-CrRepoTag team/app -All -Context $other").AssertNoError().Output.Count);
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        Assert.Equal(3, Session.Run("Get-CrRepoTag team/app -All -Context $other").AssertNoError().Output.Count);
        Assert.Empty(Session.Run("Get-CrContext").AssertNoError().Output);
    }

    [Theory]
    [InlineData("-NoSession")]
    [InlineData("-NoSession -PassThru:$false")]
    public void Rejects_NoSession_without_PassThru(string arguments)
    {
        var outcome = Session.Run($"Connect-CrRegistry cn-beijing {arguments}");

        Assert.StartsWith("PassThruMissing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Emulator.Address.ToString(), EndpointOf(Session));
    }

    [Theory]
    [InlineData("Disconnect-CrRegistry; Get-CrRepoTag team/app", "InstanceIdMissing", "There is no connection, and no instance is specified. Run Connect-CrRegistry or use -InstanceId.")]
    [InlineData("Disconnect-CrRegistry; Get-CrRepository", "InstanceIdMissing", "There is no connection, and no instance is specified. Run Connect-CrRegistry or use -InstanceId.")]
    [InlineData("Disconnect-CrRegistry; Get-CrRepoTag team/app -InstanceId cri-x", "RegionIdMissing", "There is no connection, and no region is specified. Run Connect-CrRegistry or use -RegionId, or set ALIBABA_CLOUD_REGION_ID.")]
    [InlineData("Connect-CrRegistry cn-shanghai; Get-CrRepoTag team/app", "InstanceIdMissing", "No instance is specified in the command or the connection. Use -InstanceId here or with Connect-CrRegistry.")]
    [InlineData("Connect-CrRegistry -InstanceId cri-x; Get-CrRepoTag team/app", "RegionIdMissing", "No region is specified in the command or the connection. Use -RegionId here or with Connect-CrRegistry, or set ALIBABA_CLOUD_REGION_ID.")]
    [InlineData("$none = Connect-CrRegistry -PassThru -NoSession; Disconnect-CrRegistry; Get-CrRepoTag team/app -Context $none", "InstanceIdMissing", "No instance is specified in the command or the connection.")]
    public void Distinguishes_missing_value_from_missing_connection(string script, string id, string told)
    {
        using var environment = new Client.Tests.Support.TestEnvironment();
        environment.Set("ALIBABA_CLOUD_REGION_ID", null);
        environment.Set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");

        var error = Session.Run(script).Terminating!;

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(told, error.ToString(), StringComparison.Ordinal);
    }

    private static string? EndpointOf(Session session) => session.Run("Get-CrContext").AssertNoError().Output.SingleOrDefault()?.Properties["Endpoint"].Value.ToString();

    private static PSObject Target(EmulatorServer emulator)
    {
        var target = new PSObject();
        target.Properties.Add(new PSNoteProperty("InstanceId", emulator.InstanceId));
        target.Properties.Add(new PSNoteProperty("Endpoint", emulator.Address));
        target.Properties.Add(new PSNoteProperty("Credential", Session.Credential(emulator.AccessKeyId, emulator.AccessKeySecret)));
        return target;
    }
}
