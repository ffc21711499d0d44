using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Get-CrRepository, with its input and output in pipelines.</summary>
public sealed class RepositoryTests : NamedListCmdletTests
{
    public static TheoryData<string> Inputs => new("id", "name", "tag", "repository", "custom", "csv", "deserialized");

    private protected override string Cmdlet => "Get-CrRepository";

    private protected override string ListOperation => "ListRepository";

    private protected override string GetOperation => "GetRepository";

    private protected override string Noun => "repositories";

    private protected override string Subject => Emulator.InstanceId;

    private protected override string Prefix => "r";

    private protected override string NotFoundId => "REPO_NOT_EXIST";

    private protected override string Missing => "team/gone";

    private int RepositoryListings => Actions.Count(action => action == "ListRepository");

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Uses_repository_of_piped_object_with_connection(string kind)
    {
        var outcome = Session.Run("$input | Get-CrRepository", Input(kind)).AssertNoError();

        Assert.Equal(["team/app"], outcome.Texts);
        Assert.Equal(Emulator.InstanceId, outcome.Output[0].Properties["InstanceId"].Value);
        Assert.Equal("cn-shanghai", outcome.Output[0].Properties["RegionId"].Value);
        Assert.Equal(0, RepositoryListings);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Uses_repository_of_piped_object_without_connection(string kind)
    {
        var input = Input(kind);
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", Emulator.AccessKeyId);
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Emulator.AccessKeySecret);
        try
        {
            // Text does not contain the instance.
            var instance = kind is "id" or "name" ? $"-InstanceId {Emulator.InstanceId}" : string.Empty;
            Assert.Equal(["team/app"], Session.Run($"$input | Get-CrRepository -Endpoint {Emulator.Address} {instance}", input).AssertNoError().Texts);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", null);
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Instance_of_command_line_takes_precedence_over_piped_one(string kind)
    {
        var input = Input(kind);
        Emulator.ClearRequests();

        Session.Run("$input | Get-CrRepository -InstanceId cri-other", input);

        Assert.Equal("cri-other", Assert.Single(Emulator.Requests).Parameters["InstanceId"]);
    }

    /// <summary>The input must not be treated as all repositories of its instance.</summary>
    [Theory]
    [InlineData("InstanceId = 'cri-i'; NamespaceName = $null")]
    [InlineData("InstanceId = 'cri-i'; RepoNamespaceName = 'team'; RepoName = 'app'")]
    [InlineData("InstanceId = 'cri-i'; RepoName = 'app'; RepoId = $null")]
    [InlineData("InstanceId = 'cri-i'; NamespaceId = 'crn-x'")]
    public void Rejects_piped_object_without_repository_and_namespace(string properties)
    {
        Emulator.ClearRequests();
        var outcome = Session.Run($"[pscustomobject]@{{ {properties.Replace("cri-i", Emulator.InstanceId, StringComparison.Ordinal)} }} | Get-CrRepository -All");

        Assert.NotEmpty(outcome.Errors);
        Assert.Empty(outcome.Output);
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    public void Treats_empty_properties_as_missing(string empty) => Assert.Equal(
        ["team/app"],
        Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = {empty}; RegionId = {empty} }} | Get-CrRepository").AssertNoError().Texts);

    [Fact]
    public void Pipes_ID_instance_and_region_to_Get_CrRepoTag()
    {
        AddRepositories(24);
        Session.Run($"Get-CrRepository -All -RegionId cn-beijing | Get-CrRepoTag -All -InstanceId {Emulator.InstanceId}").AssertNoError();
        Emulator.ClearRequests();

        var outcome = Session.Run("Get-CrRepository -All -RegionId cn-beijing | Get-CrRepoTag -All | ForEach-Object { \"$($_.RepoId) $($_.InstanceId) $($_.RegionId) $_\" }").AssertNoError();

        Assert.Equal(
            Emulator.Registry.Repositories.SelectMany(one => Enumerable.Range(0, one.TagCount).Select(tag => $"{one.RepoId} {Emulator.InstanceId} cn-beijing v{tag}")),
            outcome.Texts);
        Assert.DoesNotContain("GetRepository", Actions);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void Processes_2000_piped_repositories_in_parallel()
    {
        AddRepositories(1999);
        var (underWay, most, gate) = (0, 0, new object());
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "ListRepoTag") return null;
            lock (gate) most = Math.Max(most, ++underWay);
            await Task.Delay(5, token);
            lock (gate) underWay--;
            return null;
        };

        var outcome = Session.Run("Get-CrRepository -All | Get-CrRepoTag -All -ThrottleLimit 4 | ForEach-Object { $_.RepoId }").AssertNoError();

        Assert.Equal(Emulator.Registry.Repositories.SelectMany(one => Enumerable.Repeat(one.RepoId, one.TagCount)), outcome.Texts);
        Assert.Equal(4, most);
        // 20 full pages, the page that proves the end, and both ends again.
        Assert.Equal(23, RepositoryListings);
    }

    [Fact]
    public void Deleted_repository_is_one_ObjectNotFound_and_others_are_listed()
    {
        AddRepositories(9);
        var gone = Emulator.Registry.Repositories[4].RepoId;
        Emulator.OnReply = (call, body, _) => call.Parameters.GetValueOrDefault("RepoId") == gone ? RejectAsync(body, "REPO_NOT_EXIST") : Task.CompletedTask;

        var outcome = Session.Run("Get-CrRepository -All | Get-CrRepoTag -All | ForEach-Object { $_.RepoId }");

        Assert.Null(outcome.Terminating);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(("ObjectNotFound", gone), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.Equal(Emulator.Registry.Repositories.Where(one => one.RepoId != gone).Select(one => one.RepoId), outcome.Texts.Distinct());
    }

    [Theory]
    [InlineData("", "team/app..team/r28", 1, "'{0}' (30 of 250 repositories) was returned. Use -All for all repositories")]
    [InlineData("-PageSize 100", "team/app..team/r98", 1, "(100 of 250 repositories)")]
    [InlineData("-All", "team/app..team/r248", 5, null)]
    [InlineData("-All -PageSize 50", "team/app..team/r248", 8, null)]
    [InlineData("-First 3", "team/app..team/r1", 1, null)]
    [InlineData("-Skip 150 -First 5", "team/r149..team/r153", 2, null)]
    [InlineData("-Skip 248", "team/r247..team/r248", 3, null)]
    [InlineData("-PageNo 2", "team/r29..team/r58", 1, null)]
    [InlineData("-PageNo 99", "", 1, null)]
    [InlineData("-First 0", "", 0, null)]
    [InlineData("-Name r24?", "team/r240..team/r248", 5, null)]
    [InlineData("team/r24*", "team/r24..team/r248", 5, null)]
    [InlineData("TEAM/*", "", 5, null)]
    [InlineData("r24* -First 2", "team/r24..team/r240", 3, null)]
    [InlineData("-Namespace team -Name r7*", "team/r7..team/r79", 5, null)]
    [InlineData("-Namespace team", "team/app..team/r248", 5, null)]
    [InlineData("-Namespace other", "", 1, null)]
    [InlineData("r7", "team/r7..team/r7", 5, null)]
    public void Returns_repositories_that_parameters_specify(string arguments, string expected, int listings, string? warning)
    {
        AddRepositories(249);

        var outcome = Session.Run($"Get-CrRepository {arguments}").AssertNoError();

        Assert.Equal(expected, outcome.Output.Count == 0 ? "" : $"{outcome.Texts[0]}..{outcome.Texts[^1]}");
        Assert.Equal(listings, RepositoryListings);
        if (warning is null) Assert.Empty(outcome.Warnings);
        else Assert.Contains(warning.Replace("{0}", Emulator.InstanceId, StringComparison.Ordinal), Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("team/app", "team/app", 1)]
    [InlineData("-Namespace team -Name app", "team/app", 1)]
    [InlineData("-Namespace team -Name r2, app, r2", "team/r2 team/app", 2)]
    [InlineData("team/r0, team/r1, team/r2 -Skip 1 -First 1", "team/r1", 3)]
    public void Looks_up_exact_names(string arguments, string expected, int lookUps)
    {
        AddRepositories(3);

        var outcome = Session.Run($"Get-CrRepository {arguments}").AssertNoError();

        Assert.Equal(expected, string.Join(' ', outcome.Texts));
        Assert.Equal(Enumerable.Repeat("GetRepository", lookUps), Actions);
        Assert.NotNull(outcome.Output[0].Properties["CreateTime"].Value);
    }

    [Theory]
    [InlineData("team/app, team/gone, team/r0", "team/app team/r0", "REPO_NOT_EXIST", "team/gone")]
    [InlineData("team/app, gone, r0", "team/app team/r0", "REPO_NOT_EXIST", "gone")]
    [InlineData("-Namespace team gone, 'r*'", "team/r0", "REPO_NOT_EXIST", "team/gone")]
    public void Missing_name_is_non_terminating_ObjectNotFound(string arguments, string given, string id, string target)
    {
        AddRepositories(1);

        var outcome = Session.Run($"Get-CrRepository {arguments}; 'after'");

        Assert.Equal(given + " after", string.Join(' ', outcome.Texts));
        Assert.Null(outcome.Terminating);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(("ObjectNotFound", target), (error.CategoryInfo.Category.ToString(), error.TargetObject));
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CrRepository team/gone", 1)]
    [InlineData("Get-CrRepository gone", 1)]
    [InlineData("Get-CrRepository ghost/app", 1)]
    [InlineData("Get-CrRepository -Namespace ghost app", 1)]
    [InlineData("Get-CrRepository crr-gone", 1)]
    [InlineData("Get-CrRepository -RepoId crr-gone", 1)]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-gone' } | Get-CrRepository", 1)]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-gone' } | Get-CrRepoTag", 1)]
    [InlineData("'team/gone', 'crr-gone' | Get-CrRepository", 2)]
    [InlineData("Get-CrRepository (1..20 | ForEach-Object { \"team/gone$_\" })", 20)]
    [InlineData("Get-CrRepository (1..21 | ForEach-Object { \"team/gone$_\" })", 21)]
    [InlineData("Get-CrRepository (1..21 | ForEach-Object { \"crr-gone$_\" })", 21)]
    [InlineData("Get-CrRepository (1..21 | ForEach-Object { \"ghost/gone$_\" })", 21)]
    [InlineData("Get-CrRepository team/gone, 'r*'", 1)]
    [InlineData("Get-CrRepoTag team/gone", 1)]
    [InlineData("Get-CrRepoTag team/gone -All", 1)]
    [InlineData("Get-CrRepoTag team/gone -Tag v1", 1)]
    [InlineData("Get-CrRepoTag team/gone -Tag v*", 1)]
    [InlineData("Get-CrRepoTag crr-gone", 1)]
    [InlineData("Get-CrRepoTag crr-gone -Tag v1", 1)]
    [InlineData("Get-CrRepoTag ghost/app", 1)]
    public void Missing_repository_has_one_error_ID(string command, int errors)
    {
        foreach (var namespaceCode in new[] { "REPO_NOT_EXIST", "NAMESPACE_NOT_EXIST" })
        {
            // The code for a missing namespace is not documented.
            Emulator.OnReply = (call, body, _) => call.Parameters.GetValueOrDefault("RepoNamespaceName") == "ghost" && call.Action == "GetRepository" ? RejectAsync(body, namespaceCode) : Task.CompletedTask;

            var outcome = Session.Run(command);

            Assert.Null(outcome.Terminating);
            Assert.Equal(errors, outcome.Errors.Count);
            Assert.All(outcome.Errors, error =>
            {
                Assert.StartsWith("REPO_NOT_EXIST,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
                Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
                Assert.Contains((string)error.TargetObject, error.ToString(), StringComparison.Ordinal);
                Assert.Matches("Check the (repository|namespace)'s name, the instance and the region[.]", error.ToString());
            });
        }
    }

    [Theory]
    [InlineData("-Namespace team")]
    [InlineData("team/app, team/r0")]
    [InlineData("r*")]
    public void Count_of_repositories_by_name_is_unknown(string arguments)
    {
        AddRepositories(3);

        var counts = Session.Run($"Get-CrRepository {arguments} -IncludeTotalCount").AssertNoError().Output.Where(one => one.BaseObject is ulong).ToArray();

        Assert.Equal((0UL, 0.0), (Assert.Single(counts).BaseObject, counts[0].Properties["Accuracy"].Value));
    }

    [Theory]
    [InlineData("-PageNo 1 -All", "-PageNo returns one page")]
    [InlineData("-PageNo 1 -First 1", "-PageNo returns one page")]
    [InlineData("-PageNo 1 -Skip 1", "-PageNo returns one page")]
    [InlineData("-PageNo 1 -Namespace team", "-PageNo returns one page of the list. It cannot be used with -All, -First, -Skip, -Name, -Namespace or -RepoId.")]
    [InlineData("r* -PageNo 1", "-PageNo returns one page")]
    [InlineData("-PageSize 101", "100")]
    [InlineData("''", "The Name is empty. Specify 'namespace/name', a name, wildcards")]
    [InlineData("$null", "The Name is empty")]
    [InlineData("@()", "The Name is empty")]
    [InlineData("App", "'App' is not the name of a repository")]
    [InlineData("'team/app:v1'", "'team/app:v1' is not the name of a repository")]
    [InlineData("'cr.cn-shanghai.aliyuncs.com/team/app:v1'", "is not the name of a repository")]
    [InlineData("'r['", "'r[' is not a valid wildcard")]
    [InlineData("-Namespace 'te*'", "'te*' is not the name of a namespace. Specify one name. Use wildcards with -Name")]
    [InlineData("-Namespace team/app", "'team/app' is not the name of a namespace")]
    [InlineData("-Namespace ''", "empty")]
    [InlineData("-RepoId ''", "The RepoId is empty")]
    [InlineData("-RepoId team/app", "'team/app' is not the ID of a repository")]
    [InlineData("-InstanceId ''", "-InstanceId is empty")]
    [InlineData("-InstanceId x", "'x' is not the ID of an instance")]
    [InlineData("-RegionId ''", "-RegionId is empty")]
    [InlineData("-RegionId a/b", "'a/b' is not a region ID")]
    public void Reports_invalid_input_before_any_request(string arguments, string told)
    {
        var outcome = Session.Run($"Get-CrRepository {arguments}");

        Assert.Empty(outcome.Output);
        Assert.Contains(told, outcome.Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Invalid_piped_text_is_error_of_its_item()
    {
        var outcome = Session.Run("'Nonsense', 'team/app' | Get-CrRepository");

        Assert.Equal(["team/app"], outcome.Texts);
        Assert.Equal("Nonsense", Assert.Single(outcome.Errors).TargetObject);
    }

    [Fact]
    public void Incomplete_list_is_terminating_error_with_instance()
    {
        AddRepositories(249);
        Emulator.OnReply = (call, body, _) => call is { Action: "ListRepository" } && call.Parameters["PageNo"] == "2" ? RejectAsync(body, "NoPrivilege") : Task.CompletedTask;

        var outcome = Session.Run("Get-CrRepository -All | Get-CrRepoTag -All");

        Assert.StartsWith("IncompleteListing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Emulator.InstanceId, outcome.Terminating.TargetObject);
        Assert.Contains("The list of repositories failed at page 2", outcome.Terminating.ToString(), StringComparison.Ordinal);
    }

    private protected override void AddRow(string digits) => Emulator.Registry.AddRepository("team", "r" + digits);

    private protected override string TextOf(string digits) => "team/r" + digits;

    private protected override string LookupOf(string digits) => "team/r" + digits;

    private void AddRepositories(int count)
    {
        for (var number = 0; number < count; number++) Emulator.Registry.AddRepository("team", $"r{number}").AddGenerated(2);
    }

    private object Input(string kind) => kind switch
    {
        "id" => Emulator.RepoId,
        "name" => "team/app",
        "tag" => Session.Run("Get-CrRepoTag team/app -Tag v9").Output.Single(),
        "repository" => Found(),
        "custom" => Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = '{Emulator.InstanceId}'; RegionId = 'cn-shanghai' }}").Output.Single(),
        "csv" => Csv(),
        _ => PSSerializer.Deserialize(PSSerializer.Serialize(Found())),
    };

    private PSObject Found() => Session.Run("Get-CrRepository team/app").Output.Single();

    // As from Import-Csv, every property is text, also unused ones.
    private PSObject Csv()
    {
        var row = new PSObject();
        foreach (var property in Found().Properties) row.Properties.Add(new PSNoteProperty(property.Name, property.Value?.ToString() ?? string.Empty));
        return row;
    }
}
