using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Emulator;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The base of tests of the chain, with a separate environment and an emulator in place of every host.</summary>
public abstract class ChainTest : IAsyncLifetime
{
    private protected const string Sts = "sts.aliyuncs.com";
    private protected const string Metadata = "100.100.100.200";
    private protected const string RoleArn = "acs:ram::1:role/test-role";

    private protected TestEnvironment Environment { get; } = new();

    private protected EmulatorServer Emulator { get; private set; } = null!;

    private protected EmulatorRoute Route { get; private set; } = null!;

    private protected DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

    public async Task InitializeAsync()
    {
        Emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3, AccessKeyId = "test-id", AccessKeySecret = "test-secret" });
        Route = new EmulatorRoute(Emulator);
    }

    public async Task DisposeAsync()
    {
        Route.Dispose();
        await Emulator.DisposeAsync();
        Environment.Dispose();
    }

    private protected CrConnection Connect(string? profileName = null) =>
        new(new CrConnectionOptions { ProfileName = profileName, MessageHandler = Route, Clock = () => Now, RetryPolicy = new RetryPolicy(new TestClock()) });

    private protected Run List(CrConnection connection) =>
        Run.Of(connection, Run.Query(Run.All, Emulator.RepoId) with { InstanceId = Emulator.InstanceId });

    private protected Run List(string? profileName = null) => List(Connect(profileName));

    private protected void AssertLists(string? profileName = null)
    {
        var run = List(profileName);
        Assert.Null(run.Failure);
        Assert.Equal(["v0", "v1", "v2"], run.Names);
    }

    /// <summary>Returns the error of a chain without a credential, after a check that it contains no secret.</summary>
    private protected string Rejection(string? profileName = null)
    {
        var failure = Assert.IsType<CrApiException>(List(profileName).Failure);
        Assert.Equal(CrErrorCode.CredentialUnavailable, failure.Code);
        Assert.DoesNotContain("test-secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("test-token", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Route.Calls, call => call.Contains("ListRepoTag", StringComparison.Ordinal));
        return failure.Message;
    }

    private protected void WriteConfig(params string[] profiles) =>
        TestEnvironment.Write(Environment.ConfigFile, $$"""{"current": "p", "profiles": [{{string.Join(",", profiles)}}], "meta_path": ""}""");

    private protected static string Profile(string mode, string fields, string name = "p") => $$"""{"name": "{{name}}", "mode": "{{mode}}", {{fields}}}""";

    private protected const string Key = """ "access_key_id": "test-id", "access_key_secret": "test-secret" """;
}
