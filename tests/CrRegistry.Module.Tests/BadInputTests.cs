using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class BadInputTests : ModuleTest
{
    [Theory]
    [InlineData("Get-CrRepoTag team/app -PageSize 0", "1")]
    [InlineData("Get-CrRepoTag team/app -PageSize 101", "100")]
    [InlineData("Get-CrRepoTag team/app -PageSize -1", "1")]
    [InlineData("Get-CrRepoTag team/app -PageNo 0", "1")]
    [InlineData("Get-CrRepoTag team/app -ThrottleLimit 65", "64")]
    [InlineData("Get-CrRepoTag team/app -PageNo 1 -All", "-PageNo returns one page")]
    [InlineData("Get-CrRepoTag team/app -PageNo 1 -First 1", "-PageNo returns one page")]
    [InlineData("Get-CrRepoTag team/app -PageNo 1 -Skip 1", "-PageNo returns one page")]
    [InlineData("Get-CrRepoTag team/app -PageNo 1 -Tag v*", "-PageNo returns one page")]
    [InlineData("Get-CrRepoTag app", "'app' is not a repository. Specify 'namespace/name'")]
    [InlineData("Get-CrRepoTag team/app, app -All", "'app' is not a repository")]
    [InlineData("Get-CrRepoTag ''", "The Repository is empty. Specify 'namespace/name'")]
    [InlineData("Get-CrRepoTag $null", "The Repository is empty. Specify 'namespace/name'")]
    [InlineData("Get-CrRepoTag @()", "The Repository is empty. Specify 'namespace/name'")]
    [InlineData("Get-CrRepoTag team/app, $null", "The Repository is empty. Specify 'namespace/name'")]
    [InlineData("Get-CrRepoTag -RepoId ''", "The RepoId is empty. Specify the ID of a repository, 'crr-…'")]
    [InlineData("Get-CrRepoTag -RepoId $null", "The RepoId is empty. Specify the ID of a repository, 'crr-…'")]
    [InlineData("Get-CrRepoTag -RepoId team/app", "'team/app' is not the ID of a repository. Specify the ID of a repository, 'crr-…'")]
    [InlineData("Get-CrRepoTag team/app -InstanceId ''", "-InstanceId is empty. Specify the ID of an instance, 'cri-…'")]
    [InlineData("Get-CrRepoTag team/app -RegionId ''", "-RegionId is empty. Specify a region ID such as 'cn-shanghai'")]
    [InlineData("Get-CrRepoTag team/app -InstanceId x", "'x' is not the ID of an instance")]
    [InlineData("Get-CrRepoTag team/app -RegionId a/b", "'a/b' is not a region ID such as 'cn-shanghai'")]
    [InlineData("Get-CrRepoTag team/app -RegionId 'cn shanghai'", "is not a region ID such as 'cn-shanghai'")]
    [InlineData("Get-CrRepoTag team/app -RegionId x@y", "is not a region ID such as 'cn-shanghai'")]
    [InlineData("Get-CrRepoTag team/app -Endpoint https://me@cr.example.com", "user information")]
    [InlineData("Get-CrRepoTag team/app -Endpoint https://cr.example.com/path", "more than a host")]
    [InlineData("Get-CrRepoTag team/app -Endpoint http://cr.example.com", "loopback")]
    [InlineData("Connect-CrRegistry 'cn shanghai'", "is not a region ID such as 'cn-shanghai'")]
    [InlineData("Connect-CrRegistry -Endpoint http://cr.example.com", "loopback")]
    [InlineData("Connect-CrRegistry cn-shanghai team", "'team' is not the ID of an instance")]
    [InlineData("Connect-CrRegistry cn-shanghai ''", "'' is not the ID of an instance")]
    [InlineData("Connect-CrRegistry cn-shanghai $null", "'' is not the ID of an instance")]
    [InlineData("Connect-CrRegistry -SecurityToken ([securestring]::new())", "-SecurityToken requires -Credential")]
    [InlineData("Connect-CrRegistry -Credential ([pscredential]::new('some-id', [securestring]::new()))", "The secret of the AccessKey ID 'some-id' is empty.")]
    [InlineData("Connect-CrRegistry -Proxy ftp://proxy.example.com", "not an absolute http or https address")]
    [InlineData("Connect-CrRegistry -Proxy proxy.example.com:8080", "not an absolute http or https address")]
    [InlineData("Connect-CrRegistry -Proxy proxy", "not an absolute http or https address")]
    [InlineData("Connect-CrRegistry -Proxy http://me:secret@proxy.example.com", "The proxy contains user information. Use -ProxyCredential instead")]
    [InlineData("Connect-CrRegistry -ProxyCredential ([pscredential]::new('me', [securestring]::new()))", "-ProxyCredential requires -Proxy. Specify the address of the proxy")]
    [InlineData("Connect-CrRegistry -ConnectionTimeoutSeconds 0", "1")]
    [InlineData("Connect-CrRegistry -OperationTimeoutSeconds 301", "300")]
    [InlineData("Disconnect-CrRegistry; Get-CrRepoTag team/app -RegionId cn-shanghai", "There is no connection, and no instance is specified. Run Connect-CrRegistry")]
    [InlineData("Disconnect-CrRegistry; Get-CrRepoTag team/app -InstanceId cri-x", "There is no connection, and no region is specified. Run Connect-CrRegistry")]
    public void Reports_invalid_input_before_any_request(string command, string told)
    {
        var outcome = Session.Run(command);

        Assert.Empty(outcome.Output);
        Assert.NotNull(outcome.Terminating);
        Assert.Contains(told, outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Missing_repository_of_three_is_one_error()
    {
        var outcome = Session.Run("'team/app', 'team/gone', 'team/app' | Get-CrRepoTag -First 1");

        Assert.Equal(["v0", "v0"], outcome.Texts);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(("ObjectNotFound", "team/gone"), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.StartsWith("REPO_NOT_EXIST,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("RequestId: ", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_connection_is_one_terminating_error_with_host_and_cause()
    {
        var outcome = Session.Run("'team/app', 'team/web' | Get-CrRepoTag -Endpoint http://127.0.0.1:1");

        Assert.Empty(outcome.Errors);
        Assert.Equal("ConnectionError", outcome.Terminating!.CategoryInfo.Category.ToString());
        Assert.Contains("127.0.0.1:1", outcome.Terminating.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("refused", outcome.Terminating.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_secret_is_terminating_error_without_secret()
    {
        Session.Set("wrong", Session.Credential(Emulator.AccessKeyId, "a-wrong-secret"));

        var outcome = Session.Run($"Connect-CrRegistry cn-shanghai {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $wrong; Get-CrRepoTag team/app -Verbose");

        Assert.Equal("AuthenticationError", outcome.Terminating!.CategoryInfo.Category.ToString());
        Assert.Contains("so the AccessKey secret is wrong. Check the AccessKey secret", outcome.Terminating.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong-secret", outcome.Terminating.ToString() + outcome.Terminating.Exception + string.Concat(outcome.Verbose), StringComparison.Ordinal);
        Assert.Contains("HTTP 400", Assert.Single(outcome.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorAction_Stop_ends_script()
    {
        var outcome = Session.Run("Get-CrRepoTag team/gone -ErrorAction Stop; 'after'");

        Assert.Empty(outcome.Output);
        Assert.NotNull(outcome.Terminating);
    }

    [Fact]
    public void Context_shows_no_secret()
    {
        var shown = Session.Show("Get-CrContext") + System.Management.Automation.PSSerializer.Serialize(Session.Run("Get-CrContext").Output.Single(), 5);

        Assert.Contains(Emulator.AccessKeyId, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Emulator.AccessKeySecret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("SecureString", shown, StringComparison.Ordinal);
    }
}
