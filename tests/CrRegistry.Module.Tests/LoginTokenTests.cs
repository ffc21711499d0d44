using System.Management.Automation;
using System.Security;
using System.Text.Json.Nodes;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Get-CrLoginToken.</summary>
public sealed class LoginTokenTests : ModuleTest
{
    private const string Copy = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($login))";

    private string Public => $"emulator-{Emulator.InstanceId[^4..]}-registry.cn-shanghai.cr.localhost";

    [Theory]
    [InlineData("Get-CrLoginToken")]
    [InlineData("Get-CrLoginToken cri-first")]
    [InlineData("Get-CrLoginToken -InstanceId cri-first -RegionId cn-shanghai")]
    [InlineData("Get-CrInstance cri-first | Get-CrLoginToken")]
    [InlineData("Get-CrRepository team/app | Get-CrLoginToken")]
    [InlineData("[pscustomobject]@{ InstanceId = ''; RegionId = $null } | Get-CrLoginToken")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-CrInstance cri-first))) | Get-CrLoginToken")]
    public void Returns_login(string command)
    {
        var login = Assert.Single(Session.Run(command.Replace("cri-first", Emulator.InstanceId, StringComparison.Ordinal)).AssertNoError().Output);

        Assert.Equal(["ListInstanceEndpoint", "GetAuthorizationToken"], Actions.TakeLast(2));
        string[] fields = ["Server", "UserName", "InstanceId", "RegionId"];
        Assert.Equal([Public, "cr_temp_user", Emulator.InstanceId, "cn-shanghai"], fields.Select(field => login.Properties[field].Value));
        Assert.Equal(Public, login.ToString());
        Assert.Equal(DateTimeKind.Local, ((DateTime)login.Properties["ExpireTime"].Value).Kind);
        Assert.IsType<SecureString>(login.Properties["Password"].Value);
        var credential = Assert.IsType<PSCredential>(login.Properties["Credential"].Value);
        Assert.Equal("cr_temp_user", credential.UserName);
        Assert.Matches("^emulator:[0-9a-f]{32}$", credential.GetNetworkCredential().Password);
    }

    [Fact]
    public void Returns_domain_in_VPC_and_requests_lifetime()
    {
        var login = Assert.Single(Session.Run("Get-CrLoginToken -Vpc -ExpiresInHours 24").AssertNoError().Output);

        Assert.Equal(Public.Replace("-registry.", "-registry-vpc.", StringComparison.Ordinal), login.ToString());
        Assert.Equal("24", Emulator.Requests[^1].Parameters["ExpiresInHours"]);
    }

    [Fact]
    public void Returns_logins_in_order_of_input()
    {
        foreach (var id in new[] { "cri-b", "cri-a" }) Emulator.Registry.GetOrAddInstance(id, "cn-beijing");

        var outcome = Session.Run("Get-CrLoginToken cri-b, cri-none, cri-a; Get-CrInstance -All | Get-CrLoginToken");

        Assert.Equal(["cri-b", "cri-a", Emulator.InstanceId, "cri-b", "cri-a"], outcome.Output.Select(login => login.Properties["InstanceId"].Value));
        Assert.Equal("cri-none", Assert.Single(outcome.Errors).TargetObject);
        Assert.StartsWith("INSTANCE_NOT_EXIST,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CrLoginToken ''", "InstanceIdMissing")]
    [InlineData("Get-CrLoginToken @()", "InstanceIdMissing")]
    [InlineData("Get-CrLoginToken cri-a, ''", "InstanceIdMissing")]
    [InlineData("Get-CrLoginToken cri-a -RegionId ''", "RegionIdMissing")]
    [InlineData("Get-CrLoginToken cri-a, team", "InstanceIdInvalid")]
    [InlineData("Get-CrLoginToken 1, 2", "ParameterArgumentTransformationError")]
    [InlineData("Get-CrLoginToken -ExpiresInHours 0", "ParameterArgumentValidationError")]
    [InlineData("Get-CrLoginToken -ExpiresInHours 25", "ParameterArgumentValidationError")]
    [InlineData("Disconnect-CrRegistry; Get-CrLoginToken", "InstanceIdMissing")]
    public void Rejects_argument_before_any_request(string command, string errorId)
    {
        var outcome = Session.Run(command);

        Assert.StartsWith(errorId + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("", "PublicEndpointUnavailable", "The instance has no public endpoint. Use -Vpc for the domain inside a VPC, or enable the public endpoint in the Alibaba Cloud console.")]
    [InlineData(" -Vpc", "VpcEndpointUnavailable", "The instance has no VPC endpoint. Omit -Vpc for the public domain, or link a VPC to the instance in the Alibaba Cloud console.")]
    public void Reports_next_step_without_endpoint(string option, string errorId, string message)
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "ListInstanceEndpoint") body["Endpoints"] = new JsonArray();
            return Task.CompletedTask;
        };

        var error = Assert.Single(Session.Run("Get-CrLoginToken" + option).Errors);

        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal((ErrorCategory.ResourceUnavailable, (object)Emulator.InstanceId), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Equal(["ListInstanceEndpoint"], Actions);
    }

    [Fact]
    public void Names_RAM_action()
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "GetAuthorizationToken") (body["IsSuccess"], body["Code"], body["Message"]) = (false, "NoPrivilege", "Access denied for this user.");
            return Task.CompletedTask;
        };

        Assert.Contains("The user or role needs the RAM action 'cr:GetAuthorizationToken'.", Session.Run("Get-CrLoginToken").Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_and_serializes_no_token()
    {
        var shown = Session.Show($$"""
            $PSStyle.OutputRendering = 'PlainText'
            $VerbosePreference = $DebugPreference = 'Continue'
            $login = Get-CrLoginToken
            $login; "$login"; $login.Credential
            $copy = {{Copy}}
            $copy
            [System.Management.Automation.PSSerializer]::Serialize($login)
            """);

        var search = new SecretSearch();
        search.Add("the token", Session.Run("$login.Credential.GetNetworkCredential().Password").AssertNoError().Texts.Single());
        Assert.Contains(Public, shown, StringComparison.Ordinal);
        Assert.Contains("GetAuthorizationToken, as it was signed:", shown, StringComparison.Ordinal);
        Assert.Empty(search.In(shown));
        Assert.Equal(["ExpireTime", "InstanceId", "RegionId", "Server", "UserName"], Session.Run("$copy.psobject.Properties.Where({ $_.Name -notlike 'Display*' }).Name").AssertNoError().Texts.Order());
    }

    [Theory]
    [InlineData("59.5", "59 minutes")]
    [InlineData("1439.5", "23 hours")]
    [InlineData("0.5", "now")]
    [InlineData("-1", "expired")]
    [InlineData(null, "unknown")]
    public void Shows_time_left_on_one_line(string? minutes, string expected)
    {
        using var session = new Session(80);
        const string server = "production-registry-vpc.ap-southeast-1.cr.example";

        var shown = session.Show($"$PSStyle.OutputRendering = 'PlainText'; $login = [CrRegistry.LoginToken]@{{ UserName = 'cr_temp_user'; Server = '{server}'; ExpireTime = {(minutes is null ? "$null" : $"[datetime]::Now.AddMinutes({minutes})")} }}; $login; {Copy}");

        Assert.Equal(2, shown.Split('\n').Count(line => line.TrimEnd() == $"cr_temp_user     {expected,-10} {server}"));
    }

    [Fact]
    public void Shows_escapes()
    {
        using var session = new Session(160);
        const string hostile = "\"a`e[35m`u{202E}`n\"";

        var shown = session.Show($"$PSStyle.OutputRendering = 'PlainText'; $login = [CrRegistry.LoginToken]@{{ UserName = {hostile}; Server = {hostile}; InstanceId = {hostile}; RegionId = {hostile} }}; $login; {Copy}; ([CrRegistry.ImageTag]@{{}}), $login");

        Assert.Contains(@"a\u001b[35m\u202e\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[35m", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_credential_in_constrained_language()
    {
        var outcome = Session.Run("$login = Get-CrLoginToken; $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; $login.Credential.UserName").AssertNoError();

        Assert.Equal(["cr_temp_user"], outcome.Texts);
    }
}
