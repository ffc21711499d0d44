using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Get-CrInstance, with its input and output in pipelines.</summary>
public sealed class InstanceTests : NamedListCmdletTests
{
    public static TheoryData<string> Inputs => new("id", "instance", "namespace", "repository", "tag", "custom", "csv", "deserialized");

    private protected override string Cmdlet => "Get-CrInstance";

    private protected override string ListOperation => "ListInstance";

    private protected override string GetOperation => "GetInstance";

    private protected override string Noun => "instances";

    private protected override string Subject => "cn-shanghai";

    private protected override string Prefix => "emulator-r";

    private protected override string NotFoundId => "INSTANCE_NOT_EXIST";

    private protected override string Missing => "cri-gone";

    private protected override void AddRow(string digits) => Emulator.Registry.GetOrAddInstance("cri-r" + digits);

    private protected override string TextOf(string digits) => "cri-r" + digits;

    private protected override string LookupOf(string digits) => "cri-r" + digits;

    [Theory]
    [InlineData("Get-CrInstance", "ListInstance")]
    [InlineData("Get-CrInstance cri-r001", "GetInstance")]
    public void Returns_every_field(string command, string action)
    {
        Emulator.Registry.GetOrAddInstance("cri-r001", "cn-shanghai");

        var found = Session.Run(command).AssertNoError().Output[^1];

        string[] fields = ["InstanceId", "InstanceName", "InstanceSpecification", "InstanceStatus", "InstanceIssue", "RegionId", "ResourceGroupId"];
        Assert.Equal(["cri-r001", "emulator-r001", "Enterprise_Basic", "RUNNING", null, "cn-shanghai", "rg-emulator"], fields.Select(field => found.Properties[field].Value));
        Assert.Equal(DateTimeKind.Local, ((DateTime)found.Properties["CreateTime"].Value).Kind);
        Assert.Equal(found.Properties["CreateTime"].Value, found.Properties["ModifiedTime"].Value);
        Assert.Equal([action], Actions);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Looks_up_instance_of_piped_object(string kind)
    {
        var input = Input(kind);
        AddRow("001");
        Emulator.ClearRequests();

        var outcome = Session.Run("$input | Get-CrInstance", input).AssertNoError();

        Assert.Equal([Emulator.InstanceId], outcome.Texts);
        Assert.Equal(["GetInstance"], Actions);
    }

    [Fact]
    public void Reports_object_with_empty_InstanceId()
    {
        var outcome = Session.Run("[pscustomobject]@{ InstanceId = '' }, [pscustomobject]@{ InstanceId = $null } | Get-CrInstance");

        Assert.Equal(["InstanceIdMissing", "NameInvalid"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Needs_no_instance_and_uses_region_of_command_line()
    {
        Session.Run($"$null = Connect-CrRegistry -Endpoint {Emulator.Address} -Credential $credential").AssertNoError();

        var outcome = Session.Run($"Get-CrInstance {Emulator.InstanceId} -RegionId cn-beijing; Get-CrInstance {Emulator.InstanceId}").AssertNoError();

        Assert.Equal(["cn-beijing", null], outcome.Output.Select(one => one.Properties["RegionId"].Value));
    }

    [Fact]
    public void Rejects_text_that_is_not_a_name()
    {
        Assert.StartsWith("'a/b' is not the name of an instance.", Session.Run("Get-CrInstance a/b").Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Reports_missing_region()
    {
        var outcome = Session.Run("Disconnect-CrRegistry; Get-CrInstance");

        Assert.StartsWith("RegionIdMissing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_list_for_name_that_is_not_an_ID()
    {
        AddRows(3);

        Assert.Equal(["cri-r001"], Session.Run("Get-CrInstance emulator-r001").AssertNoError().Texts);
        Assert.DoesNotContain("GetInstance", Actions);
    }

    [Fact]
    public void Pipes_down_to_tags()
    {
        for (var number = 1; number <= 3; number++)
        {
            var instance = Emulator.Registry.GetOrAddInstance($"cri-r00{number}").InstanceId;
            foreach (var space in new[] { "a", "b" })
                Emulator.Registry.AddRepository(space, "app", instanceId: instance).AddGenerated(number);
        }

        var outcome = Session.Run("Get-CrInstance | Get-CrNamespace | Get-CrRepository | Get-CrRepoTag -All | ForEach-Object { \"$($_.InstanceId) $($_.RepoNamespaceName)/$($_.RepoName) $_\" }").AssertNoError();

        Assert.Equal(
            Emulator.Registry.Repositories.SelectMany(one => Enumerable.Range(0, one.TagCount).Select(tag => $"{one.Instance.InstanceId} {one.NamespaceName}/{one.RepoName} v{tag}")),
            outcome.Texts);
        Assert.Empty(outcome.Warnings);
    }

    [Theory]
    [InlineData("Get-CrNamespace", "ListNamespace", "a b")]
    public void Pipes_to_list_of_instance(string cmdlet, string action, string expected)
    {
        foreach (var space in new[] { "a", "b" })
            Emulator.Registry.AddRepository(space, "app", instanceId: Emulator.Registry.GetOrAddInstance("cri-r001").InstanceId);
        foreach (var kind in new[] { "instance", "csv", "deserialized", "custom" })
        {
            var input = Input(kind, "cri-r001");
            Emulator.ClearRequests();

            Assert.Equal(expected.Split(' '), Session.Run($"$input | {cmdlet}", input).AssertNoError().Texts);
            Assert.All(Emulator.Requests, request => Assert.Equal((action, "cri-r001"), (request.Action, request.Parameters["InstanceId"])));
        }
    }

    [Theory]
    [InlineData("Get-CrNamespace")]
    public void Warns_about_first_page_of_piped_instance(string cmdlet)
    {
        for (var number = 0; number < 40; number++) Emulator.Registry.AddRepository($"n{number}", "app");

        var outcome = Session.Run($"Get-CrInstance | {cmdlet}").AssertNoError();

        Assert.Equal(30, outcome.Output.Count);
        Assert.Contains($"'{Emulator.InstanceId}' (30 of 41 ", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(11, Session.Run($"Get-CrInstance | {cmdlet} -PageNo 2").AssertNoError().Output.Count);
    }

    private object Input(string kind, string? instanceId = null)
    {
        var id = instanceId ?? Emulator.InstanceId;
        return kind switch
        {
            "id" => id,
            "instance" => Found(id),
            "namespace" => Session.Run("Get-CrNamespace team").Output.Single(),
            "repository" => Session.Run("Get-CrRepository team/app").Output.Single(),
            "tag" => Session.Run("Get-CrRepoTag team/app -First 1").Output.Single(),
            "custom" => Session.Run($"[pscustomobject]@{{ InstanceId = '{id}'; RegionId = 'cn-shanghai' }}").Output.Single(),
            "csv" => CsvRow.Of(Found(id)),
            _ => PSSerializer.Deserialize(PSSerializer.Serialize(Found(id))),
        };
    }

    private PSObject Found(string id) => Session.Run($"Get-CrInstance {id}").Output.Single();
}
