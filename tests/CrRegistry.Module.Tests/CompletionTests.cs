using System.Management.Automation;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Completion of the values that the service knows.</summary>
public sealed class CompletionTests : CompletionTest
{
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    /// <summary>Names of tags that are more than a word in PowerShell.</summary>
    private static readonly string[] s_specialTags =
        ["a b", "a,b", "$a", "a$b", "`a", "a`b", "it's", "a\"b", "\u2019a", "a\u201cb", "[a", "a[b]", "a*", "?", "-a", "--", "#a", "@a", "{a}", "(a)", "a;b", "a|b", ">a", "&", "1.10", "007", "0x10", "1kb", "1e3", "~", "%"];

    public static TheoryData<string> SpecialTags => [.. s_specialTags];

    [Theory]
    [InlineData("Get-CrRepoTag team/", "team/app team/web")]
    [InlineData("Get-CrRepoTag -Repository team/w", "team/web")]
    [InlineData("Get-CrRepoTag d", "data/etl")]
    [InlineData("Get-CrRepoTag w", "team/web")]
    [InlineData("Get-CrRepoTag TEAM/W", "team/web")]
    [InlineData("Get-CrRepoTag ", "data/etl team/app team/web")]
    [InlineData("Get-CrRepoTag data/etl, team/w", "team/web")]
    [InlineData("Get-CrRepoTag team/none", "")]
    [InlineData("Get-CrRepoTag team/web ", "'1.10' v2 v1")]
    [InlineData("Get-CrRepoTag team/web v", "v2 v1")]
    [InlineData("Get-CrRepoTag team/web -Tag v", "v2 v1")]
    [InlineData("Get-CrRepoTag team/web -Tag v1, ", "'1.10' v2 v1")]
    [InlineData("Get-CrRepoTag team/web -Tag v1,1", "'1.10'")]
    [InlineData("Get-CrRepoTag -Repository team/web, team/app -Tag v", "v2 v1")]
    [InlineData("Get-CrRepoTag -RepoId crr-web -Tag v", "v2 v1")]
    [InlineData("Get-CrRepoTag -Tag v -Repository team/w", "team/web")]
    [InlineData("Get-CrRepoTag team/none -Tag v", "")]
    [InlineData("Get-CrRepoTag nothing -Tag v", "")]
    [InlineData("Get-CrRepoTag -Tag v", "")]
    [InlineData("Get-CrRepository t", "team/app team/web")]
    [InlineData("Get-CrRepository -Name team/w", "team/web")]
    [InlineData("Get-CrRepository -Namespace team -Name w", "web")]
    [InlineData("Get-CrRepository -Namespace team ", "app web")]
    [InlineData("Get-CrRepository -Namespace TEAM -Name w", "")]
    [InlineData("Get-CrRepository -Namespace t", "team")]
    [InlineData("Get-CrNamespace ", "data team")]
    [InlineData("Get-CrNamespace -Name data, t", "team")]
    [InlineData("Get-CrNamespace -NamespaceName d", "data")]
    [InlineData("Get-CrInstance emu", "emulator-test")]
    [InlineData("Get-CrInstance -Name cri-t", "emulator-test")]
    [InlineData("Get-CrInstance -InstanceId cri-t", "cri-test")]
    [InlineData("Get-CrRepoTag -InstanceId emulator-", "cri-test")]
    [InlineData("Connect-CrRegistry cn-shanghai cri-t", "cri-test")]
    [InlineData("Invoke-CrApi ListNamespace -InstanceId cri-t", "cri-test")]
    [InlineData("New-CrRepoTag team/w", "team/web")]
    [InlineData("New-CrRepoTag team/web v", "v2 v1")]
    [InlineData("New-CrRepoTag team/web v1 v", "v2 v1")]
    [InlineData("Remove-CrRepoTag team/w", "team/web")]
    [InlineData("Remove-CrRepoTag team/web v", "v2 v1")]
    [InlineData("Remove-CrRepoTag -Repository team/web -Tag v1,v", "v2 v1")]
    public void Completes_value(string line, string expected)
    {
        FillRegistry();

        Assert.Equal(expected, string.Join(' ', Texts(line)).Replace(Emulator.InstanceId, "cri-test", StringComparison.Ordinal).Replace(InstanceName, "emulator-test", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-CrRepoTag te*/*p", "team/app")]
    [InlineData("Get-CrRepoTag team/?e", "team/web")]
    [InlineData("Get-CrRepoTag team/web -Tag *2", "v2")]
    [InlineData("Get-CrRepoTag team/web -Tag [vx]1", "v1")]
    [InlineData("Get-CrRepoTag team/web -Tag [v", "")]
    [InlineData("Get-CrRepoTag 'team/w", "'team/web'")]
    [InlineData("Get-CrRepoTag 'team/w'", "'team/web'")]
    [InlineData("Get-CrRepoTag \"team/w", "\"team/web\"")]
    [InlineData("Get-CrRepoTag team/web -Tag 'v1', v", "v2 v1")]
    [InlineData("Get-CrRepoTag team/web -Tag \"1.", "\"1.10\"")]
    public void Accepts_wildcards_and_keeps_quotes(string line, string expected)
    {
        FillRegistry();

        Assert.Equal(expected, string.Join(' ', Texts(line)));
    }

    [Theory]
    [MemberData(nameof(SpecialTags))]
    public void Completed_argument_is_the_tag(string tag)
    {
        Emulator.Registry.AddRepository("team", "odd").Add([new RegistryTag { Tag = tag }, new RegistryTag { Tag = "other" }]);

        foreach (var quote in new[] { "", "'", "\"" })
        {
            var offered = Complete("Get-CrRepoTag team/odd -Tag " + quote).Single(result => result.ListItemText == tag).CompletionText;

            Assert.Equal([tag], Session.Run($"Get-CrRepoTag team/odd -Tag {offered}").AssertNoError().Texts);
            Assert.Equal([tag, "other"], Session.Run($"Get-CrRepoTag team/odd -Tag {offered},other").AssertNoError().Texts.OrderBy(text => text == "other"));
        }
    }

    [Fact]
    public void Offers_no_name_that_parameter_rejects()
    {
        Emulator.Registry.AddRepository("team", "odd").Add([new RegistryTag { Tag = "[a]" }, new RegistryTag { Tag = "a" }]);

        Assert.Equal(["'`[a`]'", "a"], Texts("Get-CrRepoTag team/odd -Tag ").Order(StringComparer.Ordinal));
        Assert.Equal(["a"], Texts("Remove-CrRepoTag team/odd "));
        Assert.Equal(["a"], Texts("New-CrRepoTag team/odd -FromTag "));
    }

    [Fact]
    public void Shows_description()
    {
        FillRegistry();
        Emulator.OnReply = ChangeAsync("ListRepository", "Repositories", row => row["Summary"] = "The web shop");

        Assert.Equal("The web shop", Complete("Get-CrRepoTag team/w").Single().ToolTip);
        Assert.EndsWith(", 1.0 MB", Complete("Get-CrRepoTag team/web v2").Single().ToolTip, StringComparison.Ordinal);
        Assert.Equal($"{Emulator.InstanceId}, {InstanceName}, Enterprise_Basic, RUNNING", Complete("Get-CrInstance -InstanceId ").Single().ToolTip);
        Assert.Equal(("China (Shanghai)", "cn-shanghai"), Complete("Get-CrNamespace -RegionId cn-shanghai").Select(offered => (offered.ToolTip, offered.ListItemText)).First());
        Assert.Equal(["cn-shanghai", "cn-shanghai-finance-1"], Texts("Get-CrNamespace -RegionId *shanghai"));
        Assert.Equal(["ap-southeast-1"], Texts("Get-CrNamespace -RegionId Sing"));
    }

    [Theory]
    [InlineData("\u001b[31mred")]
    [InlineData("a\r\nb")]
    [InlineData("a\u202eb")]
    [InlineData("\u0007")]
    public void Shows_no_control_character(string hostile)
    {
        FillRegistry();
        Emulator.OnReply = (call, body, _) =>
        {
            foreach (var row in (body["Images"] ?? body["Repositories"] ?? body["Namespaces"] ?? body["Instances"] ?? new JsonArray()).AsArray())
            {
                foreach (var field in new[] { "Tag", "Summary", "NamespaceId", "InstanceName" }.Where(field => row![field] is not null)) row![field] = hostile;
            }

            return Task.CompletedTask;
        };

        var offered = new[] { "Get-CrRepoTag ", "Get-CrRepoTag team/web ", "Get-CrNamespace ", "Get-CrInstance ", "Get-CrInstance -InstanceId " }.SelectMany(Complete).ToList();

        Assert.Contains(offered, result => result.CompletionText == "team/app");
        Assert.Contains(offered, result => result.CompletionText == Emulator.InstanceId);
        var shown = string.Concat(offered.Select(result => result.CompletionText + result.ListItemText + result.ToolTip));
        Assert.DoesNotContain(shown, character => char.IsControl(character) || character == '\u202e');
        Assert.Contains("\\u", shown.Replace("\\r\\n", "\\u", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_one_page_and_remembers_it()
    {
        for (var number = 0; number < 150; number++) Emulator.Registry.AddRepository("many", $"r{number:000}");

        Assert.Equal(100, Texts("Get-CrRepoTag many/").Length);

        var request = Assert.Single(Emulator.Requests);
        Assert.Equal(("ListRepository", "1", "100", "many"), (request.Action, request.Parameters["PageNo"], request.Parameters["PageSize"], request.Parameters["RepoNamespaceName"]));
        Emulator.ClearRequests();
        Assert.Equal(100, Texts("Get-CrRepository many/").Length);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Remembers_page_of_each_context_instance_and_repository()
    {
        FillRegistry();
        Emulator.Registry.AddRepository("team", "other", instanceId: "cri-other");

        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal(["v2", "v1"], Texts("Get-CrRepoTag team/web -Tag v"));
            Assert.Equal(100, Texts("Get-CrRepoTag team/app -Tag v").Length);
            Assert.Equal(["team/other"], Texts("Get-CrRepoTag -InstanceId cri-other -Repository team/"));
            Assert.Equal(["team/app", "team/web"], Texts("Get-CrRepoTag team/"));
        }

        Assert.Equal(["GetRepository", "ListRepoTag", "GetRepository", "ListRepoTag", "ListRepository", "ListRepository"], Actions);
        Session.Connect(Emulator);
        RemoveLimit();
        Assert.Equal(["team/app", "team/web"], Texts("Get-CrRepoTag team/"));
        Assert.Equal(7, Actions.Count);
    }

    [Fact]
    public void Uses_filter_of_service_only_if_nothing_on_the_page_matches()
    {
        for (var number = 0; number < 150; number++) Emulator.Registry.AddRepository("many", $"r{number:000}");
        var onPage = Texts("Get-CrRepoTag many/");
        var behind = Enumerable.Range(0, 150).Select(number => $"r{number:000}").First(name => !onPage.Contains("many/" + name));
        Emulator.ClearRequests();

        Assert.NotEmpty(Texts("Get-CrRepoTag many/r"));
        Assert.Empty(Texts("Get-CrRepoTag many/*x"));
        Assert.Empty(Emulator.Requests);
        Assert.Equal(["many/" + behind], Texts("Get-CrRepoTag many/" + behind));
        Assert.Equal(behind, Assert.Single(Emulator.Requests).Parameters["RepoName"]);
        Assert.Equal([behind], Texts($"Get-CrRepository -Namespace many -Name {behind}"));

        Assert.Single(Emulator.Requests);
    }

    [Fact]
    public void Uses_filter_of_service_for_namespaces()
    {
        for (var number = 0; number < 150; number++) Emulator.Registry.AddRepository($"n{number:000}", "app");
        var onPage = Texts("Get-CrNamespace n");
        var behind = Enumerable.Range(0, 150).Select(number => $"n{number:000}").First(name => !onPage.Contains(name));
        Emulator.ClearRequests();

        Assert.Equal([behind], Texts($"Get-CrRepository -Namespace {behind}"));
        Assert.Equal(behind, Assert.Single(Emulator.Requests).Parameters["NamespaceName"]);
    }

    [Theory]
    [InlineData("Get-CrRepoTag ")]
    [InlineData("Get-CrRepoTag team/app -Tag ")]
    [InlineData("Get-CrRepoTag -InstanceId ")]
    [InlineData("Get-CrRepository ")]
    [InlineData("Get-CrRepository -Namespace ")]
    [InlineData("Get-CrNamespace ")]
    [InlineData("Get-CrInstance ")]
    [InlineData("New-CrRepoTag team/app ")]
    [InlineData("Remove-CrRepoTag team/app ")]
    [InlineData("Connect-CrRegistry cn-shanghai ")]
    [InlineData("Invoke-CrApi ListNamespace -InstanceId ")]
    [InlineData("Get-CrRepoTag -Endpoint http://127.0.0.1:1 -InstanceId cri-test -Repository ")]
    public void Offers_nothing_without_connection(string line)
    {
        Session.Run("Disconnect-CrRegistry").AssertNoError();

        Assert.Empty(Texts(line));
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("Get-CrRepoTag -InstanceId (Get-Date) -Repository t")]
    [InlineData("Get-CrRepoTag team/app -Context (Get-Date) -Tag v")]
    [InlineData("Get-CrRepoTag team/app -Context $null -Tag v")]
    [InlineData("Get-CrRepoTag team/app -Endpoint not-an-address -Tag v")]
    [InlineData("Get-CrRepoTag team/app -Endpoint http://cr.example.com -Tag v")]
    [InlineData("Get-CrRepoTag team/app -InstanceId none -Tag v")]
    [InlineData("Get-CrRepoTag (Get-Date) -Tag v")]
    [InlineData("Connect-CrRegistry cn-shanghai -ProfileName other -InstanceId c")]
    [InlineData("Connect-CrRegistry cn-shanghai -Credential $credential -InstanceId c")]
    public void Offers_nothing_if_command_determines_another_scope_when_it_runs(string line)
    {
        Assert.Empty(Texts(line));
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Uses_specified_context_instance_and_endpoint()
    {
        Emulator.Registry.AddRepository("other", "app", instanceId: "cri-other").Put(new RegistryTag { Tag = "vother" });
        Session.Run($"$context = Connect-CrRegistry cn-shanghai cri-other -Endpoint {Emulator.Address} -Credential $credential -NoSession -PassThru; $id = 'cri-other'").AssertNoError();
        RemoveLimit("$context");

        Assert.Equal(["other/app"], Texts("Get-CrRepoTag -Context $context -Repository o"));
        Assert.Equal(["vother"], Texts("Get-CrRepoTag other/app -Context $context -Tag v"));
        Assert.Equal(["vother"], Texts("Get-CrRepoTag other/app -InstanceId $id -Tag v"));
        Session.Run("Connect-CrRegistry cn-shanghai cri-other -Endpoint http://127.0.0.1:1 -Credential $credential").AssertNoError();
        RemoveLimit();
        Assert.Equal(["vother"], Texts($"Get-CrRepoTag other/app -Endpoint {Emulator.Address} -Tag v"));
    }

    [Fact]
    public void Asks_service_of_specified_region()
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        Session.Run("Connect-CrRegistry cn-shanghai -Credential $credential -HttpMessageHandler $route").AssertNoError();
        RemoveLimit();

        Assert.Equal([Emulator.InstanceId], Texts("Get-CrRepoTag -InstanceId "));
        Assert.Equal([Emulator.InstanceId], Texts("Get-CrRepoTag -RegionId cn-beijing -InstanceId "));
        Assert.Empty(Texts("Get-CrRepoTag -RegionId no/region -InstanceId "));

        Assert.Equal(["GET cr.cn-shanghai.aliyuncs.com/ListInstance", "GET cr.cn-beijing.aliyuncs.com/ListInstance"], route.Calls);
    }

    [Theory]
    [InlineData("NoPermission")]
    [InlineData("REPO_NOT_EXIST")]
    public void Offers_nothing_if_service_rejects_request(string code)
    {
        Emulator.OnReply = (_, body, _) =>
        {
            (body["IsSuccess"], body["Code"]) = (false, code);
            return Task.CompletedTask;
        };

        Assert.Empty(Texts("Get-CrRepoTag t"));
        Assert.Empty(Texts("Get-CrRepoTag team/app -Tag v"));
        Assert.Empty(Texts("Get-CrInstance "));
    }

    [Fact]
    public void Offers_nothing_if_reply_is_invalid()
    {
        // With the limit, because such a reply is retried.
        Session.Connect(Emulator);
        Emulator.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(FaultKind.Portal));

        Assert.Empty(Texts("Get-CrRepoTag t"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"Code\":")]
    public async Task Gives_up_held_reply_and_closes_connection(string begun)
    {
        var ended = new TaskCompletionSource();
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(begun);
            await connection.ClosedAsync();
            ended.TrySetResult();
        });
        Session.Run($"Connect-CrRegistry cn-shanghai cri-test -Endpoint {server.Endpoint} -Credential $credential").AssertNoError();

        Assert.Empty(Texts("Get-CrRepoTag t"));

        // On a busy computer the time may be over before the connection is made.
        if (server.Connections > 0) await ended.Task.WaitAsync(s_guard);
    }

    [Fact]
    public void Gives_up_refused_connection()
    {
        // Port 1 has no listener.
        Session.Run("Connect-CrRegistry cn-shanghai cri-test -Endpoint http://127.0.0.1:1 -Credential $credential").AssertNoError();

        Assert.Empty(Texts("Get-CrRepoTag t"));
        Assert.Empty(Texts("Get-CrRepoTag team/app -Tag v"));
    }

    [Fact]
    public void Each_parameter_of_names_has_a_completer()
    {
        string[] names = ["Repository", "Name", "Namespace", "Tag", "InstanceId", "ProfileName", "RegionId", "Action", "FromTag", "ToTag", "NamespaceName"];
        var parameters = Session.Run("Get-Command -Module CrRegistry | ForEach-Object ImplementingType").AssertNoError().Output
            .SelectMany(type => ((Type)type.BaseObject).GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: false) && names.Contains(property.Name)).ToList();

        Assert.Equal(names.Order(), parameters.Select(property => property.Name).Distinct().Order());
        Assert.All(parameters, property => Assert.True(property.IsDefined(typeof(ArgumentCompleterAttribute), inherit: false), $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    private static Func<ReceivedCall, JsonObject, CancellationToken, Task> ChangeAsync(string action, string rows, Action<JsonNode> change) => (call, body, _) =>
    {
        foreach (var row in call.Action == action ? body[rows]!.AsArray() : []) change(row!);
        return Task.CompletedTask;
    };

    private void FillRegistry()
    {
        var now = DateTimeOffset.UtcNow;
        Emulator.Registry.AddRepository("data", "etl", "crr-etl");
        var web = Emulator.Registry.AddRepository("team", "web", "crr-web");
        web.Put(new RegistryTag { Tag = "v1", ImageSize = 1 << 20, ImageUpdate = now.AddDays(-2) });
        web.Put(new RegistryTag { Tag = "v2", ImageSize = 1 << 20, ImageUpdate = now.AddDays(-1) });
        web.Put(new RegistryTag { Tag = "1.10", ImageSize = 1 << 20, ImageUpdate = now });
    }
}
