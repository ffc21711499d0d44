using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>A connection goes on as whom it began, also when its credential is renewed.</summary>
public sealed class SteadyIdentityTests : ChainTest
{
    private const string Role = $$""" "ram_role_arn": "{{RoleArn}}" """;

    [Fact]
    public void A_role_is_taken_on_anew_before_its_credential_ends()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        var connection = Connect();

        Assert.Null(List(connection).Failure);
        Assert.Null(List(connection).Failure);
        Assert.Single(Route.CallsTo(Sts));
        Now = Now.AddMinutes(58);
        Assert.Null(List(connection).Failure);

        Assert.Equal(2, Route.CallsTo(Sts).Count());
    }

    [Fact]
    public void The_profile_stays_the_same_whatever_becomes_the_current_one()
    {
        var (role, key) = (Profile("RamRoleArn", $"{Key}, {Role}"), Profile("AK", Key, "q"));
        WriteConfig(role, key);
        var connection = Connect();
        Assert.Null(List(connection).Failure);

        TestEnvironment.Write(Environment.ConfigFile, $$"""{"current": "q", "profiles": [{{role}}, {{key}}]}""");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other");
        Now = Now.AddMinutes(58);
        Assert.Null(List(connection).Failure);
        Assert.Equal(2, Route.CallsTo(Sts).Count());

        File.Delete(Environment.ConfigFile);
        Now = Now.AddHours(2);
        Assert.Equal($"The credential cannot be renewed. Profile of the aliyun CLI: there is no file '{Environment.ConfigFile}'.", List(connection).Failure!.Message);
    }
}
