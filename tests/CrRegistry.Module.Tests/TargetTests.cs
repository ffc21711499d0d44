using CrRegistry.Client.Tests.Support;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>The targets of signed requests, and their -Verbose and -Debug messages.</summary>
public sealed class TargetTests : ModuleTest, IDisposable
{
    private const string Named = "Signed requests are sent to 'registry.example:8443', which -Endpoint specifies. Hosts of the service have names such as 'cr.cn-shanghai.aliyuncs.com'.";

    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData("Connect-CrRegistry -InstanceId {0} -Credential $credential -HttpMessageHandler $route; 'team/app', 'team/app' | Get-CrRepoTag -First 1 -Verbose -Endpoint https://registry.example:8443", 1)]
    [InlineData("Connect-CrRegistry -InstanceId {0} -Credential $credential -HttpMessageHandler $route -Endpoint https://registry.example:8443; Get-CrRepoTag team/app -First 1 -Verbose", 1)]
    [InlineData("Connect-CrRegistry -InstanceId {0} -Credential $credential -HttpMessageHandler $route -Endpoint https://cr-vpc.cn-beijing.aliyuncs.com; Get-CrRepoTag team/app -First 1 -Verbose", 0)]
    [InlineData("Connect-CrRegistry cn-beijing -InstanceId {0} -Credential $credential -HttpMessageHandler $route; Get-CrRepoTag team/app -First 1 -Verbose", 0)]
    [InlineData("Get-CrRepoTag team/app -First 1 -Verbose", 0)]
    public void Reports_foreign_host_once_for_each_pipeline(string script, int lines)
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);

        var outcome = Session.Run(script.Replace("{0}", Emulator.InstanceId, StringComparison.Ordinal)).AssertNoError();

        Assert.Equal(lines, outcome.Verbose.Count(line => line == Named));
        Assert.DoesNotContain(outcome.Verbose, line => line != Named && line.StartsWith("Signed requests", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("evil.example/x")]
    [InlineData("cn-x.evil.example")]
    [InlineData("someone@cn-shanghai")]
    public void Rejects_host_in_region_variable(string region)
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        Session.Run("$context = Connect-CrRegistry -Credential $credential -HttpMessageHandler $route -PassThru").AssertNoError();
        _environment.Set("ALIBABA_CLOUD_REGION_ID", region);
        _environment.Set("ALIBABA_CLOUD_ENDPOINT", "https://evil.example");

        var outcome = Session.Run($"Get-CrRepoTag team/app -InstanceId {Emulator.InstanceId} -Context $context");

        Assert.StartsWith("RegionIdInvalid,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(route.Calls);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app -First 1 -Debug -Verbose", 2)]
    [InlineData("$DebugPreference = 'Continue'; Get-CrRepoTag team/app -First 1", 2)]
    [InlineData("& { $DebugPreference = 'Continue'; Get-CrRepoTag team/app -First 1 }", 2)]
    [InlineData("$DebugPreference = 'Continue'; Get-CrRepoTag team/app -First 1 -Debug:$false", 0)]
    [InlineData("Get-CrRepoTag team/app -First 1 -Verbose", 0)]
    public void Debug_shows_signed_text(string script, int texts)
    {
        Session.Run("$DebugPreference = 'SilentlyContinue'");

        var outcome = Session.Run(script).AssertNoError();

        Assert.Equal(texts, outcome.Debug.Count);
        if (texts == 0) return;
        Assert.StartsWith("GetRepository, as it was signed:\nGET\n/\nInstanceId=", outcome.Debug[0], StringComparison.Ordinal);
        Assert.Contains("\nx-acs-action:ListRepoTag\n", outcome.Debug[1], StringComparison.Ordinal);
    }
}
