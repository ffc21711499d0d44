using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class BindingTests : ModuleTest
{
    public static TheoryData<string> Inputs => new("id", "name", "tag", "custom", "csv", "deserialized");

    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_is_piped_finds_its_repository_when_connected(string kind)
    {
        var outcome = Session.Run("$input | Get-CrRepoTag -First 1", Input(kind)).AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Equal(Emulator.RepoId, outcome.Output[0].Properties["RepoId"].Value);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_is_piped_finds_its_repository_without_a_connection(string kind)
    {
        var input = Input(kind);
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", Emulator.AccessKeyId);
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Emulator.AccessKeySecret);
        try
        {
            // Text says nothing of its instance.
            var instance = kind is "id" or "name" ? $"-InstanceId {Emulator.InstanceId}" : string.Empty;
            var outcome = Session.Run($"$input | Get-CrRepoTag -First 1 -Endpoint {Emulator.Address} {instance}", input).AssertNoError();
            Assert.Equal(["v0"], outcome.Texts);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", null);
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_instance_on_the_command_line_goes_before_the_piped_one(string kind)
    {
        var input = Input(kind);
        Emulator.ClearRequests();

        Session.Run("$input | Get-CrRepoTag -First 1 -InstanceId cri-other", input);

        Assert.All(Emulator.Requests, request => Assert.Equal("cri-other", request.Parameters["InstanceId"]));
        Assert.NotEmpty(Emulator.Requests);
    }

    [Fact]
    public void A_piped_instance_goes_before_the_context()
    {
        Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = 'cri-other' }} | Get-CrRepoTag");

        Assert.Equal("cri-other", Emulator.Requests.Single().Parameters["InstanceId"]);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app -First 1 -RegionId cn-beijing")]
    [InlineData("[pscustomobject]@{ RepoId = $repoId; RegionId = 'cn-beijing' } | Get-CrRepoTag -First 1")]
    public void The_region_that_holds_is_written_on_the_tags(string command)
    {
        Session.Set("repoId", Emulator.RepoId);

        var tag = Session.Run(command).AssertNoError().Output.Single();

        Assert.Equal("cn-beijing", tag.Properties["RegionId"].Value);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    public void Empty_properties_count_as_not_given(string empty)
    {
        var outcome = Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = {empty}; RegionId = {empty} }} | Get-CrRepoTag -First 1").AssertNoError();

        Assert.Equal(Emulator.InstanceId, outcome.Output[0].Properties["InstanceId"].Value);
        Assert.Equal("cn-shanghai", outcome.Output[0].Properties["RegionId"].Value);
    }

    [Fact]
    public void Nothing_else_is_taken_from_what_is_piped()
    {
        var outcome = Session.Run(
            $"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; Endpoint = 'http://127.0.0.1:1'; Context = 1; PageNo = 2; PageSize = 1; Tag = 'v9'; All = $true; First = 7 }} | Get-CrRepoTag");

        outcome.AssertNoError();
        Assert.Equal(30, outcome.Output.Count);
    }

    [Fact]
    public void A_piped_text_that_is_no_repository_is_that_items_own_error()
    {
        var outcome = Session.Run("'nonsense', 'team/app' | Get-CrRepoTag -First 1");

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Equal("nonsense", Assert.Single(outcome.Errors).TargetObject);
    }

    [Fact]
    public void Another_context_is_used_without_touching_the_sessions()
    {
        Session.Run("$mine = Get-CrContext; $other = Connect-CrRegistry cn-hangzhou cri-other -PassThru; Disconnect-CrRegistry").AssertNoError();

        var outcome = Session.Run("Get-CrRepoTag team/app -First 1 -Context $mine").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
    }

    private object Input(string kind)
    {
        var custom = new PSObject();
        custom.Properties.Add(new PSNoteProperty("RepoId", Emulator.RepoId));
        custom.Properties.Add(new PSNoteProperty("InstanceId", Emulator.InstanceId));
        custom.Properties.Add(new PSNoteProperty("RegionId", Emulator.RegionId));
        return kind switch
        {
            "id" => Emulator.RepoId,
            "name" => "team/app",
            "tag" => Session.Run("Get-CrRepoTag team/app -Tag v9").Output.Single(),
            "custom" => custom,
            "csv" => Csv(),
            _ => Deserialized(),
        };
    }

    // What Import-Csv makes: every property is text, also those that are not used.
    private PSObject Csv()
    {
        var row = new PSObject();
        row.TypeNames.Insert(0, "CSV:CrRegistry.ImageTag");
        foreach (var property in Session.Run("Get-CrRepoTag team/app -Tag v9").Output.Single().Properties)
            row.Properties.Add(new PSNoteProperty(property.Name, property.Value?.ToString() ?? string.Empty));
        return row;
    }

    private object Deserialized()
    {
        var copy = PSSerializer.Deserialize(PSSerializer.Serialize(Session.Run("Get-CrRepoTag team/app -Tag v9").Output.Single()));
        Assert.Contains("Deserialized.CrRegistry.ImageTag", PSObject.AsPSObject(copy).TypeNames);
        return copy;
    }
}
