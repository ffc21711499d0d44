using System.Management.Automation;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Measure-CrRepository.</summary>
public sealed class MeasureTests : ModuleTest
{
    private static readonly string[] s_numbers =
        ["Tags", "Images", "Size", "Oldest", "Newest", "AgeUnder1Day", "Age1To7Days", "Age7To30Days", "Age30To90Days", "Age90To180Days", "Age180To365Days", "AgeOver365Days"];

    public static TheoryData<string> Inputs => new("id", "name", "repository", "measured", "tag", "custom", "csv", "deserialized");

    private static string Show => " | ForEach-Object { \"$_ $($_.Tags)\" }";

    [Theory]
    [InlineData("Measure-CrRepository team/app", "team/app 250", "GetRepository")]
    [InlineData("Measure-CrRepository crr-app", "crr-app 250", "")]
    [InlineData("Measure-CrRepository -RepoId crr-app", "crr-app 250", "")]
    [InlineData("Measure-CrRepository -RepoId crr-app -RepoNamespaceName team -RepoName app", "team/app 250", "")]
    [InlineData("Measure-CrRepository team/n2, team/app, team/n0", "team/n2 2,team/app 250,team/n0 0", "GetRepository GetRepository GetRepository")]
    [InlineData("Measure-CrRepository -All", "team/app 250,team/n0 0,team/n2 2,lib/x 1", "ListRepository")]
    [InlineData("Measure-CrRepository 'team/*'", "team/app 250,team/n0 0,team/n2 2", "ListRepository")]
    [InlineData("Measure-CrRepository 'n?', lib/x", "team/n0 0,team/n2 2,lib/x 1", "ListRepository")]
    [InlineData("Measure-CrRepository 'team/n*', team/n2, 'n2*'", "team/n0 0,team/n2 2", "ListRepository")]
    [InlineData("Measure-CrRepository 'TEAM/*'", "", "ListRepository")]
    [InlineData("'team/n2', 'lib/*', 'team/n0' | Measure-CrRepository", "team/n2 2,lib/x 1,team/n0 0", "GetRepository ListRepository GetRepository")]
    [InlineData("'lib/*', 'team/n*' | Measure-CrRepository", "lib/x 1,team/n0 0,team/n2 2", "ListRepository ListRepository")]
    [InlineData("Get-CrRepository -All | Measure-CrRepository", "team/app 250,team/n0 0,team/n2 2,lib/x 1", "ListRepository")]
    [InlineData("Get-CrNamespace lib | Get-CrRepository | Measure-CrRepository", "lib/x 1", "GetNamespace ListRepository")]
    public void Returns_row_for_each_repository(string command, string rows, string lookups)
    {
        AddRepositories();

        var outcome = Session.Run(command.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal) + Show).AssertNoError();

        Assert.Equal(rows.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal), string.Join(',', outcome.Texts));
        Assert.Equal(lookups, string.Join(' ', Actions.Where(action => action != "ListRepoTag")));
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void Returns_numbers_of_repository()
    {
        var now = DateTimeOffset.UtcNow;
        var repository = Emulator.Registry.AddRepository("lib", "x");
        (string Tag, double Days, string Digest, int Size)[] tags =
            [("a", 0.5, "d1", 5), ("b", 3, "D1", 5), ("c", 10, "d2", 7), ("d", 50, "d3", 1), ("e", 100, "d4", 1), ("f", 200, "d5", 1), ("g", 500, "d6", 1), ("h", 501, "d6", 1)];
        foreach (var tag in tags) repository.Put(new RegistryTag { Tag = tag.Tag, Digest = tag.Digest, ImageSize = tag.Size, ImageUpdate = now.AddDays(-tag.Days) });

        var row = Assert.Single(Session.Run("Measure-CrRepository lib/x").AssertNoError().Output);

        Assert.Equal([8L, 6L, 16L, null, null, 1L, 1L, 1L, 1L, 1L, 1L, 2L], s_numbers.Select(name => row.Properties[name].Value is DateTime ? null : row.Properties[name].Value));
        Assert.Equal((now.AddDays(-501).ToUnixTimeMilliseconds(), now.AddDays(-0.5).ToUnixTimeMilliseconds()), (UnixTime(row, "Oldest"), UnixTime(row, "Newest")));
        Assert.Equal(
            [null, Emulator.InstanceId, "cn-shanghai", repository.RepoId, "lib", "x"],
            new[] { "Problem", "InstanceId", "RegionId", "RepoId", "RepoNamespaceName", "RepoName" }.Select(name => row.Properties[name].Value));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Measures_repository_of_piped_object(string kind)
    {
        var input = Input(kind);
        Emulator.ClearRequests();

        var row = Assert.Single(Session.Run("$input | Measure-CrRepository", input).AssertNoError().Output);

        Assert.Equal((250L, Emulator.RepoId), (row.Properties["Tags"].Value, row.Properties["RepoId"].Value));
        Assert.Equal(kind is "id" or "custom" ? Emulator.RepoId : "team/app", row.ToString());
        Assert.Equal(kind == "name" ? 1 : 0, Actions.Count(action => action == "GetRepository"));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Instance_of_command_line_takes_precedence_over_piped_instance(string kind)
    {
        var input = Input(kind);
        Emulator.ClearRequests();

        Session.Run("$input | Measure-CrRepository -InstanceId cri-other", input);

        Assert.Equal("cri-other", Assert.Single(Emulator.Requests).Parameters["InstanceId"]);
    }

    [Fact]
    public void Pipes_to_Get_CrRepoTag()
    {
        AddRepositories();

        var outcome = Session.Run("Measure-CrRepository 'team/n*' | Where-Object Tags | Get-CrRepoTag | ForEach-Object { \"$($_.RepoNamespaceName)/$($_.RepoName):$_\" }").AssertNoError();

        Assert.Equal(["team/n2:v0", "team/n2:v1"], outcome.Texts);
    }

    /// <summary>Its name may specify another repository in the instance of the session.</summary>
    [Fact]
    public void Measured_repository_of_another_instance_is_an_argument_by_its_ID()
    {
        AddRepositories();
        Session.Run("$row = Measure-CrRepository team/app").AssertNoError();

        var outcome = Session.Run("$row.InstanceId = 'cri-other'; (Get-CrRepository $row).RepoId; (Get-CrRepository \"$row\").RepoId");

        Assert.Equal([Emulator.RepoId, Emulator.RepoId], outcome.Texts);
        Assert.Equal(Emulator.RepoId, Emulator.Requests[^2].Parameters.GetValueOrDefault("RepoId"));
        Assert.Equal("app", Emulator.Requests[^1].Parameters.GetValueOrDefault("RepoName"));
    }

    [Theory]
    [InlineData("''", "RepositoryMissing", "The Repository is empty.")]
    [InlineData("$null", "RepositoryMissing", "The Repository is empty.")]
    [InlineData("@()", "RepositoryMissing", "The Repository is empty.")]
    [InlineData("app", "RepositoryInvalid", "'app' is not a repository.")]
    [InlineData("'a/*', app", "RepositoryInvalid", "'app' is not a repository.")]
    [InlineData("'a/[', team/app", "WildcardInvalid", "'a/[' is not a valid wildcard")]
    [InlineData("team/app:v1", "RepositoryInvalid", "'team/app:v1' is not a repository.")]
    [InlineData("-RepoId team/app", "RepositoryInvalid", "'team/app' is not the ID of a repository.")]
    [InlineData("1.10, 1.20", "ParameterArgumentTransformationError", "is a value of type")]
    [InlineData("-All team/app", "PositionalParameterNotFound", "team/app")]
    [InlineData("-All:$false", "RepositoryMissing", "-All is $false.")]
    [InlineData("team/app -InstanceId ''", "InstanceIdMissing", "-InstanceId is empty.")]
    [InlineData("-All -InstanceId x", "InstanceIdInvalid", "'x' is not the ID of an instance")]
    [InlineData("-All -RegionId a/b", "ParameterArgumentValidationError", "'a/b' is not a region ID")]
    public void Rejects_invalid_input_before_any_request(string arguments, string id, string message)
    {
        var outcome = Session.Run($"Measure-CrRepository {arguments}");

        Assert.Empty(outcome.Output);
        Assert.StartsWith(id + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Terminating!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Reports_invalid_input_from_pipeline_and_continues()
    {
        AddRepositories();

        var outcome = Session.Run("'a[', '', 'app', 'team/n2' | Measure-CrRepository" + Show);

        Assert.Equal(["team/n2 2"], outcome.Texts);
        Assert.Null(outcome.Terminating);
        Assert.Equal(["a[", "", "app"], outcome.Errors.Select(error => error.TargetObject));
    }

    /// <summary>A script that stops at errors must notice it, and a report must contain it.</summary>
    [Theory]
    [InlineData("Measure-CrRepository team/app, team/n2, lib/x")]
    [InlineData("Measure-CrRepository -All | Where-Object RepoName -NE n0")]
    [InlineData("Get-CrRepository team/app, team/n2, lib/x | Measure-CrRepository")]
    public void Repository_that_is_rejected_has_problem_and_error_and_others_continue(string command)
    {
        AddRepositories();
        Reject("n2", "NoPrivilege");

        var outcome = Session.Run($"{command}; 'after'");

        Assert.Equal(["team/app", "team/n2", "lib/x", "after"], outcome.Texts);
        Assert.Null(outcome.Terminating);
        var row = outcome.Output[1];
        Assert.All(s_numbers, name => Assert.Null(row.Properties[name].Value));
        Assert.Contains("ListRepoTag was rejected", (string)row.Properties["Problem"].Value, StringComparison.Ordinal);
        Assert.NotNull(row.Properties["RepoId"].Value);
        var error = Assert.Single(outcome.Errors);
        Assert.StartsWith("NoPrivilege,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("RAM action 'cr:ListRepositoryTag'", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Measure-CrRepository team/n2, team/gone, lib/x", "team/n2 2,team/gone ,lib/x 1")]
    [InlineData("Measure-CrRepository team/gone, 'team/n*'", "team/n0 0,team/n2 2,team/gone ")]
    [InlineData("'team/gone', 'lib/x' | Measure-CrRepository", "team/gone ,lib/x 1")]
    [InlineData("@(, ('team/gone', 'team/n*')) + 'lib/*' | Measure-CrRepository", "team/n0 0,team/n2 2,team/gone ,lib/x 1")]
    public void Missing_repository_has_problem_and_error(string command, string rows)
    {
        AddRepositories();

        var outcome = Session.Run(command + Show);

        Assert.Equal(rows, string.Join(',', outcome.Texts));
        Assert.StartsWith("REPO_NOT_EXIST,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("team/gone", outcome.Errors[0].TargetObject);
    }

    [Fact]
    public void Incomplete_list_of_one_repository_is_not_the_end_of_others()
    {
        AddRepositories();
        RepeatPages(Emulator.RepoId);

        var outcome = Session.Run("Measure-CrRepository team/app, team/n2" + Show);

        Assert.Equal(["team/app ", "team/n2 2"], outcome.Texts);
        Assert.Null(outcome.Terminating);
        var error = Assert.Single(outcome.Errors);
        Assert.StartsWith("IncompleteListing,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Run the command again. If the error occurs again although the tags do not change, the service returns wrong pages.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("output", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_list_of_repositories_is_an_error_without_output()
    {
        for (var number = 0; number < 250; number++) Emulator.Registry.AddRepository("lib", $"r{number}");
        Emulator.OnReply = (call, body, _) => call.Action == "ListRepository" && call.Parameters["PageNo"] == "2" ? RejectAsync(body, "NoPrivilege") : Task.CompletedTask;

        var outcome = Session.Run("Measure-CrRepository -All");

        Assert.Empty(outcome.Output);
        Assert.StartsWith("IncompleteListing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Emulator.InstanceId, outcome.Terminating.TargetObject);
        Assert.Equal(0, Listings);
    }

    [Fact]
    public void Wrong_secret_ends_pipeline()
    {
        AddRepositories();
        Session.Set("credential", Session.Credential(Emulator.AccessKeyId, "wrong"));

        var outcome = Session.Run($"$null = Connect-CrRegistry cn-shanghai {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $credential; Measure-CrRepository team/app, team/n2");

        Assert.StartsWith("SignatureDoesNotMatch,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void Stops_at_first_problem_with_ErrorAction_Stop()
    {
        AddRepositories();
        Reject("n2", "NoPrivilege");

        var outcome = Session.Run("Measure-CrRepository team/app, team/n2, lib/x -ErrorAction Stop");

        Assert.Equal(["team/app", "team/n2"], outcome.Texts);
        Assert.StartsWith("NoPrivilege,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_once_about_missing_values()
    {
        foreach (var name in new[] { "a", "b" })
        {
            var repository = Emulator.Registry.AddRepository("lib", name);
            repository.Put(new RegistryTag { Tag = "complete", Digest = "d", ImageSize = 1, ImageUpdate = DateTimeOffset.UtcNow });
            if (name == "b") repository.Put(new RegistryTag { Tag = "empty" });
        }

        Assert.Empty(Session.Run("Measure-CrRepository lib/a").AssertNoError().Warnings);
        Assert.Equal(
            [
                "Tags without ImageUpdate: 2, the first in 'lib/b'. They are counted in Tags, but not in the ages, and not in Oldest and Newest.",
                "Tags without Digest: 2, the first in 'lib/b'. Each of them is counted in Images and Size as an image of its own.",
                "Images without ImageSize: 2, the first in 'lib/b'. They are counted in Images, but not in Size.",
            ],
            Session.Run("'lib/a', 'lib/b', 'lib/b' | Measure-CrRepository").AssertNoError().Warnings);
    }

    [Fact]
    public void Measures_repositories_in_parallel_in_order_within_limit_of_requests()
    {
        for (var number = 0; number < 30; number++) Emulator.Registry.AddRepository("lib", $"r{number:00}").AddGenerated(number * 10);
        var (inFlight, most, gate) = (0, 0, new object());
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "ListRepoTag") return null;
            lock (gate) most = Math.Max(most, ++inFlight);
            // The first repositories are the slowest ones.
            await Task.Delay(Math.Max(1, 60 - Listings), token);
            lock (gate) inFlight--;
            return null;
        };

        var outcome = Session.Run("Measure-CrRepository 'lib/*' -ThrottleLimit 4" + Show).AssertNoError();

        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"lib/r{number:00} {number * 10}"), outcome.Texts);
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task Stops_without_error()
    {
        AddRepositories();
        var sent = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "ListRepoTag") return null;
            sent.TrySetResult();
            using var registration = token.Register(() => stopped.TrySetResult());
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };

        await Session.StopAsync("Measure-CrRepository -All", _ => sent.Task.WaitAsync(TimeSpan.FromSeconds(60)));

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Shows_progress_of_repositories()
    {
        AddRepositories();
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action == "ListRepoTag") await Task.Delay(400, token);
            return null;
        };

        var progress = Session.Run("Measure-CrRepository -All -ThrottleLimit 1").AssertNoError().Progress;

        Assert.Contains(progress, record => record.Activity == "Measuring repositories" && record.StatusDescription == "4 of 4 repositories" && record.PercentComplete == 100);
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Fact]
    public void Shows_progress_of_tags_in_large_repository()
    {
        NewRepository(5500);
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action == "ListRepoTag" && call.Parameters["PageNo"] == "1") await Task.Delay(1100, token);
            return null;
        };

        var progress = Session.Run("Measure-CrRepository team/n5500").AssertNoError().Progress;

        Assert.Contains(progress, record => record.Activity == "Listing the tags of 'team/n5500'" && record.StatusDescription == $"{5000:N0} of {5500:N0} tags");
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Fact]
    public void Returns_same_rows_by_json_and_xml()
    {
        AddRepositories();
        var repository = Emulator.Registry.AddRepository("lib", "gaps");
        repository.Put(new RegistryTag { Tag = "a" });
        repository.Put(new RegistryTag { Tag = "b", Digest = "sha256:AB", ImageSize = 3 });
        const string command = "Measure-CrRepository -All | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_) }";

        var json = Session.Run(command).AssertNoError();
        var xml = Session.Run($"$null = Connect-CrRegistry cn-shanghai {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $credential -Format Xml; {command}").AssertNoError();

        Assert.Equal(5, json.Output.Count);
        Assert.Equal(json.Texts, xml.Texts);
        Assert.Equal(json.Warnings, xml.Warnings);
    }

    private static long UnixTime(PSObject row, string name) => new DateTimeOffset((DateTime)row.Properties[name].Value).ToUnixTimeMilliseconds();

    private static Task RejectAsync(JsonObject body, string code)
    {
        (body["IsSuccess"], body["Code"]) = (false, code);
        return Task.CompletedTask;
    }

    private void AddRepositories()
    {
        NewRepository(0);
        NewRepository(2);
        Emulator.Registry.AddRepository("lib", "x").AddGenerated(1);
    }

    private void Reject(string name, string code)
    {
        var id = Emulator.Registry.Repositories.Single(repository => repository.RepoName == name).RepoId;
        Emulator.OnReply = (call, body, _) => call.Action == "ListRepoTag" && call.Parameters["RepoId"] == id ? RejectAsync(body, code) : Task.CompletedTask;
    }

    /// <summary>Returns page 1 instead of every page of a repository.</summary>
    private void RepeatPages(string id)
    {
        JsonNode? first = null;
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action != "ListRepoTag" || call.Parameters["RepoId"] != id) return Task.CompletedTask;
            if (call.Parameters["PageNo"] == "1") first = body["Images"]!.DeepClone();
            else body["Images"] = first!.DeepClone();
            return Task.CompletedTask;
        };
    }

    private object Input(string kind) => kind switch
    {
        "id" => Emulator.RepoId,
        "name" => "team/app",
        "repository" => Session.Run("Get-CrRepository team/app").Output.Single(),
        "tag" => Session.Run("Get-CrRepoTag team/app -First 1").Output.Single(),
        "measured" => Measured(),
        "custom" => Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = ''; RegionId = $null }}").Output.Single(),
        "csv" => CsvRow.Of(Measured()),
        _ => PSSerializer.Deserialize(PSSerializer.Serialize(Measured())),
    };

    private PSObject Measured() => Session.Run("Measure-CrRepository team/app").Output.Single();
}
