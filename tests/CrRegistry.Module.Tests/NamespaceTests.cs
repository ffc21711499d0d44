using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Get-CrNamespace, with its input and output in pipelines.</summary>
public sealed class NamespaceTests : NamedListCmdletTests
{
    public static TheoryData<string> Inputs => new("name", "namespace", "repository", "custom", "csv", "deserialized", "id");

    private protected override string Cmdlet => "Get-CrNamespace";

    private protected override string ListOperation => "ListNamespace";

    private protected override string GetOperation => "GetNamespace";

    private protected override string Noun => "namespaces";

    private protected override string Subject => Emulator.InstanceId;

    private protected override string Prefix => "r";

    private protected override bool HasTimes => false;

    private protected override string NotFoundId => "NAMESPACE_NOT_EXIST";

    private protected override string Missing => "gone";

    private protected override void AddRow(string digits) => Emulator.Registry.AddRepository("r" + digits, "app").AddGenerated(1);

    private protected override string TextOf(string digits) => "r" + digits;

    private protected override string LookupOf(string digits) => "r" + digits;

    [Fact]
    public void Returns_every_field()
    {
        var found = Session.Run("Get-CrNamespace team").AssertNoError().Output.Single();

        string[] fields = ["NamespaceName", "NamespaceStatus", "AutoCreateRepo", "DefaultRepoType", "DefaultTagImmutability", "InstanceId", "RegionId", "ResourceGroupId"];
        Assert.Equal(["team", "NORMAL", true, "PRIVATE", false, Emulator.InstanceId, "cn-shanghai", "rg-emulator"], fields.Select(field => found.Properties[field].Value));
        Assert.StartsWith("crn-", (string)found.Properties["NamespaceId"].Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Looks_up_namespace_of_piped_object(string kind)
    {
        AddRow("001");
        var input = Input(kind);
        Emulator.ClearRequests();

        var outcome = Session.Run("$input | Get-CrNamespace", input).AssertNoError();

        Assert.Equal(["team"], outcome.Texts);
        Assert.Equal(["GetNamespace"], Actions);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Instance_of_command_line_takes_precedence_over_piped_instance(string kind)
    {
        var input = Input(kind);
        Emulator.ClearRequests();

        Session.Run("$input | Get-CrNamespace -InstanceId cri-other", input);

        Assert.Equal("cri-other", Assert.Single(Emulator.Requests).Parameters["InstanceId"]);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    public void Ignores_empty_properties(string empty) => Assert.Equal(
        ["team"], Session.Run($"[pscustomobject]@{{ NamespaceName = 'team'; InstanceId = {empty}; RegionId = {empty} }} | Get-CrNamespace").AssertNoError().Texts);

    [Theory]
    [InlineData("Get-CrNamespace")]
    [InlineData("Get-CrRepository")]
    public void Does_not_list_instance_of_object_with_empty_name(string cmdlet)
    {
        var outcome = Session.Run($"[pscustomobject]@{{ NamespaceName = ''; InstanceId = '{Emulator.InstanceId}' }} | {cmdlet}");

        Assert.Single(outcome.Errors);
        Assert.Empty(outcome.Output);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Returns_names_of_command_line_for_piped_instance()
    {
        AddRow("001");

        Assert.Equal(["r001"], Session.Run($"[pscustomobject]@{{ InstanceId = '{Emulator.InstanceId}' }} | Get-CrNamespace r*").AssertNoError().Texts);
    }

    [Theory]
    [InlineData("App", "'App' is not the name of a namespace")]
    [InlineData("team/app", "'team/app' is not the name of a namespace")]
    public void Rejects_text_that_is_not_a_name(string name, string message)
    {
        Assert.Contains(message, Session.Run($"Get-CrNamespace {name}").Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("namespace")]
    [InlineData("custom")]
    [InlineData("csv")]
    [InlineData("deserialized")]
    public void Pipes_to_repositories_of_namespace(string kind)
    {
        Emulator.Registry.AddRepository("team", "web");
        Emulator.Registry.AddRepository("other", "app");
        var input = Input(kind);
        Emulator.ClearRequests();

        Assert.Equal(["team/app", "team/web"], Session.Run("$input | Get-CrRepository", input).AssertNoError().Texts);
        Assert.All(Emulator.Requests, request => Assert.Equal(("ListRepository", "team"), (request.Action, request.Parameters["RepoNamespaceName"])));
        Assert.Equal(["team/web"], Session.Run("$input | Get-CrRepository w*", input).AssertNoError().Texts);
        Assert.Equal(["team/web"], Session.Run("$input | Get-CrRepository -Name web", input).AssertNoError().Texts);
    }

    [Fact]
    public void Lists_repositories_of_many_namespaces_in_order_of_input()
    {
        AddRows(24);

        var outcome = Session.Run("Get-CrNamespace -All | Get-CrRepository | Get-CrRepoTag -First 1 -ThrottleLimit 4 | ForEach-Object { \"$($_.RepoNamespaceName)/$($_.RepoName)\" }").AssertNoError();

        Assert.Equal(Emulator.Registry.Repositories.Select(one => $"{one.NamespaceName}/{one.RepoName}"), outcome.Texts);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void Names_namespace_whose_repositories_are_rejected()
    {
        Emulator.OnReply = (call, body, _) => call.Action == "ListRepository" ? RejectAsync(body, "NoPrivilege") : Task.CompletedTask;

        var error = Assert.Single(Session.Run("Get-CrNamespace team | Get-CrRepository").Errors);

        Assert.StartsWith($"team of {Emulator.InstanceId}: ListRepository was rejected", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("team", error.TargetObject);
    }

    [Fact]
    public void Names_namespace_without_repository() => Assert.Contains(
        $"No repository 'team/gone' was found in 'team of {Emulator.InstanceId}'.",
        Assert.Single(Session.Run("Get-CrRepository gone, 'x*' -Namespace team").Errors).ToString(),
        StringComparison.Ordinal);

    /// <summary>IDs of the service have 16 characters behind the prefix. Names such as cri-tools exist.</summary>
    [Theory]
    [InlineData("Get-CrNamespace cri-kmsiwlxxdcvaduwb", "'cri-kmsiwlxxdcvaduwb' is the ID of an instance, not of a namespace.")]
    [InlineData("Get-CrNamespace crr-tquyps22md8purzx", "'crr-tquyps22md8purzx' is the ID of a repository, not of a namespace.")]
    [InlineData("Get-CrInstance crr-tquyps22md8purzx", "'crr-tquyps22md8purzx' is the ID of a repository, not of an instance.")]
    [InlineData("Get-CrInstance crn-tiw8t3f8i5lta4uv", "'crn-tiw8t3f8i5lta4uv' is the ID of a namespace, not of an instance.")]
    [InlineData("Get-CrRepository cri-kmsiwlxxdcvaduwb", "'cri-kmsiwlxxdcvaduwb' is the ID of an instance, not of a repository.")]
    [InlineData("Get-CrRepository crn-tiw8t3f8i5lta4uv", "'crn-tiw8t3f8i5lta4uv' is the ID of a namespace, not of a repository.")]
    [InlineData("Get-CrRepository -Namespace cri-kmsiwlxxdcvaduwb", "'cri-kmsiwlxxdcvaduwb' is the ID of an instance, not the name of a namespace.")]
    [InlineData("Get-CrRepository -Namespace crn-tiw8t3f8i5lta4uv", "'crn-tiw8t3f8i5lta4uv' is the ID of a namespace, not the name of a namespace.")]
    [InlineData("Get-CrRepository app -Namespace team -InstanceId crr-tquyps22md8purzx", "'crr-tquyps22md8purzx' is not the ID of an instance")]
    [InlineData("Get-CrRepoTag cri-kmsiwlxxdcvaduwb/app", "'cri-kmsiwlxxdcvaduwb/app' is not a repository.")]
    [InlineData("New-CrRepoTag crn-tiw8t3f8i5lta4uv/app v1 prod", "'crn-tiw8t3f8i5lta4uv/app' is not a repository.")]
    public void Rejects_ID_of_another_kind_before_any_request(string command, string message)
    {
        Assert.Contains(message, Session.Run(command).Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Accepts_names_that_begin_like_IDs()
    {
        Emulator.Registry.AddRepository("cri-tools", "crr-app").AddGenerated(1);

        Assert.Equal(["cri-tools"], Session.Run("Get-CrNamespace cri-tools").AssertNoError().Texts);
        Assert.Equal(["cri-tools/crr-app"], Session.Run("Get-CrRepository -Namespace cri-tools").AssertNoError().Texts);
        Assert.Equal(["v0"], Session.Run("Get-CrRepoTag cri-tools/crr-app").AssertNoError().Texts);
    }

    [Fact]
    public void Shares_one_limit_of_requests_among_piped_objects()
    {
        AddRows(30);
        var (inFlight, most, gate) = (0, 0, new object());
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "ListRepository") return null;
            lock (gate) most = Math.Max(most, ++inFlight);
            await Task.Delay(20, token);
            lock (gate) inFlight--;
            return null;
        };

        Assert.Equal(31, Session.Run("Get-CrNamespace -All | Get-CrRepository -ThrottleLimit 4").AssertNoError().Output.Count);

        Assert.Equal(4, most);
    }

    private object Input(string kind) => kind switch
    {
        "name" => "team",
        "id" => Found().Properties["NamespaceId"].Value,
        "namespace" => Found(),
        "repository" => Session.Run("Get-CrRepository team/app").Output.Single(),
        "custom" => Session.Run($"[pscustomobject]@{{ NamespaceName = 'team'; InstanceId = '{Emulator.InstanceId}'; RegionId = 'cn-shanghai' }}").Output.Single(),
        "csv" => CsvRow.Of(Found()),
        _ => PSSerializer.Deserialize(PSSerializer.Serialize(Found())),
    };

    private PSObject Found() => Session.Run("Get-CrNamespace team").Output.Single();
}
