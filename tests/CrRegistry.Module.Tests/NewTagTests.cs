using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>New-CrRepoTag.</summary>
public sealed class NewTagTests : ModuleTest
{
    private RegistryRepository App => Emulator.Registry.Repositories[0];

    [Theory]
    [InlineData("New-CrRepoTag team/app v3 prod", "CreateRepoTag")]
    [InlineData("New-CrRepoTag -Repository team/app -FromTag v3 -ToTag prod", "CreateRepoTag")]
    [InlineData("New-CrRepoTag -Repository team/app -Tag v3 -ToTag prod", "CreateRepoTag")]
    [InlineData("New-CrRepoTag crr-app v3 prod", "GetRepository CreateRepoTag")]
    [InlineData("New-CrRepoTag -RepoId crr-app v3 prod", "GetRepository CreateRepoTag")]
    [InlineData("New-CrRepoTag -RepoId crr-app v3 prod -RepoNamespaceName team -RepoName app", "GetRepository CreateRepoTag")]
    [InlineData("New-CrRepoTag team/app v3 prod -Confirm:$false", "CreateRepoTag")]
    [InlineData("'team/app' | New-CrRepoTag -FromTag v3 -ToTag prod", "CreateRepoTag")]
    [InlineData("'crr-app' | New-CrRepoTag -FromTag v3 -ToTag prod", "GetRepository CreateRepoTag")]
    [InlineData("Get-CrRepository team/app | New-CrRepoTag -FromTag v3 -ToTag prod", "GetRepository GetRepository CreateRepoTag")]
    [InlineData("Get-CrRepoTag team/app -Tag v3 | New-CrRepoTag -ToTag prod", "GetRepository GetRepoTag GetRepository CreateRepoTag")]
    [InlineData("Get-CrRepoTag team/app -Tag v7 | New-CrRepoTag -FromTag v3 -ToTag prod", "GetRepository GetRepoTag GetRepository CreateRepoTag")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; Tag = 'v3' } | New-CrRepoTag -ToTag prod", "GetRepository CreateRepoTag")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; FromTag = 'v3'; RepoName = ''; InstanceId = '' } | New-CrRepoTag -ToTag prod", "GetRepository CreateRepoTag")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; RepoNamespaceName = 'team'; RepoName = 'app'; Tag = 'v3' } | New-CrRepoTag -ToTag prod", "GetRepository CreateRepoTag")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; RepoNamespaceName = 'team'; RepoName = 'other'; Tag = 'v3' } | New-CrRepoTag -ToTag prod", "GetRepository CreateRepoTag")]
    public void Creates_tag(string command, string actions)
    {
        var before = App.Find("v3")!;

        var outcome = Session.Run(command.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal)).AssertNoError();

        Assert.Empty(outcome.Output);
        Assert.Equal(actions.Split(' '), Actions);
        Assert.Equal((before.Digest, before.ImageSize), (App.Find("prod")?.Digest, App.Find("prod")?.ImageSize));
        Assert.Equal(251, App.TagCount);
        Assert.Equal(
            "FromTag=v3 InstanceId=" + Emulator.InstanceId + " NamespaceName=team RepoName=app ToTag=prod",
            string.Join(' ', Emulator.Requests[^1].Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Shows_new_tag_in_next_list()
    {
        var outcome = Session.Run("New-CrRepoTag team/app v249 prod; Get-CrRepoTag team/app -First 1").AssertNoError();

        Assert.Equal(["prod"], outcome.Texts);
        Assert.Equal(App.Find("v249")!.Digest, outcome.Output[0].Properties["Digest"].Value);
    }

    [Fact]
    public void Moves_existing_tag()
    {
        Session.Run("New-CrRepoTag team/app v3 v5").AssertNoError();

        Assert.Equal(App.Find("v3")!.Digest, App.Find("v5")!.Digest);
        Assert.Equal(250, App.TagCount);
    }

    [Theory]
    [InlineData("New-CrRepoTag team/app v3 prod -PassThru")]
    [InlineData("Get-CrRepoTag team/app -Tag v3 | New-CrRepoTag -ToTag prod -PassThru")]
    public void Returns_new_tag(string command)
    {
        var tag = Assert.Single(Session.Run(command).AssertNoError().Output);

        Assert.Equal("GetRepoTag", Actions[^1]);
        string[] fields = ["Tag", "Digest", "RepoId", "RepoNamespaceName", "RepoName", "InstanceId", "RegionId"];
        Assert.Equal(["prod", App.Find("v3")!.Digest, Emulator.RepoId, "team", "app", Emulator.InstanceId, "cn-shanghai"], fields.Select(field => tag.Properties[field].Value));
    }

    [Theory]
    [InlineData("New-CrRepoTag team/app v3 prod -WhatIf")]
    [InlineData("New-CrRepoTag crr-app v3 prod -WhatIf -PassThru")]
    [InlineData("'team/app', 'crr-app' | New-CrRepoTag -FromTag v3 -ToTag prod -WhatIf")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; Tag = 'v3' } | New-CrRepoTag -ToTag prod -WhatIf")]
    [InlineData("$ConfirmPreference = 'None'; New-CrRepoTag team/app v3 prod -WhatIf")]
    public void Sends_nothing_with_WhatIf(string command)
    {
        var outcome = Session.Run(command.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal)).AssertNoError();

        Assert.Empty(outcome.Output);
        Assert.Empty(Emulator.Requests);
        Assert.Contains("What if: Performing the operation \"Create tag from 'v3'\" on target \"", Session.Screen, StringComparison.Ordinal);
        Assert.Contains($":prod of instance '{Emulator.InstanceId}'\".", Session.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_escaped_text_with_WhatIf()
    {
        Session.Run("[pscustomobject]@{ RepoId = 'crr-x'; RepoNamespaceName = \"b`e`u{202e}\"; RepoName = 'c'; Tag = \"a`eM`n\" } | New-CrRepoTag -ToTag prod -WhatIf");

        Assert.Contains(@"""Create tag from 'a\u001bM\n'"" on target ""b\u001b\u202e/c:prod of", Session.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001bM", Session.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("team/app '' prod", "TagMissing", "The FromTag is empty.")]
    [InlineData("team/app $null prod", "TagMissing", "The FromTag is empty.")]
    [InlineData("team/app -ToTag prod", "TagMissing", "The FromTag is empty.")]
    [InlineData("team/app v3 ''", "TagMissing", "The ToTag is empty.")]
    [InlineData("team/app v3 v3", "TagsEqual", "FromTag and ToTag are both 'v3'.")]
    [InlineData("team/app 'v*' prod", "TagInvalid", "'v*' contains a wildcard character")]
    [InlineData("team/app v3 'pro?'", "TagInvalid", "'pro?' contains a wildcard character")]
    [InlineData("team/app v3 prod, test", "ParameterArgumentTransformationError", "-ToTag accepts one name, not a list. Specify one name.")]
    [InlineData("team/app -Tag v3, v4 prod", "ParameterArgumentTransformationError", "-FromTag accepts one name, not a list. Specify one name.")]
    [InlineData("team/app v3 ' '", "TagMissing", "The ToTag is empty.")]
    [InlineData("team/app ' ' prod", "TagMissing", "The FromTag is empty.")]
    [InlineData("team/app v3 .prod", "TagInvalid", "'.prod' is not a valid ToTag. Specify 1 to 128 letters, digits, '_', '.' or '-', and begin with a letter, a digit or '_'.")]
    [InlineData("team/app v3 '-prod'", "TagInvalid", "'-prod' is not a valid ToTag.")]
    [InlineData("team/app v3 'pro d'", "TagInvalid", "'pro d' is not a valid ToTag.")]
    [InlineData("team/app v3 team/prod", "TagInvalid", "'team/prod' is not a valid ToTag.")]
    [InlineData("team/app v3 prod:1", "TagInvalid", "'prod:1' is not a valid ToTag.")]
    [InlineData("team/app v3 pröd", "TagInvalid", "'pröd' is not a valid ToTag.")]
    [InlineData("team/app v3 ('x' * 129)", "TagInvalid", "is not a valid ToTag.")]
    [InlineData("team/app v3", "TagMissing", "The ToTag is empty.")]
    [InlineData("team/app 1.10, 1.20 prod", "ParameterArgumentTransformationError", "1.1")]
    [InlineData("'' v3 prod", "RepositoryMissing", "The Repository is empty.")]
    [InlineData("app v3 prod", "RepositoryInvalid", "'app' is not a repository.")]
    [InlineData("-RepoId team/app v3 prod", "RepositoryInvalid", "'team/app' is not the ID of a repository.")]
    [InlineData("team/app v3 prod -InstanceId ''", "InstanceIdMissing", "-InstanceId is empty.")]
    [InlineData("team/app v3 prod -InstanceId x", "InstanceIdInvalid", "'x' is not the ID of an instance")]
    public void Rejects_invalid_input_before_any_request(string arguments, string id, string message)
    {
        var outcome = Session.Run($"New-CrRepoTag {arguments}");

        Assert.StartsWith(id + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("_x")]
    [InlineData("7")]
    [InlineData("A.b-c_d.")]
    [InlineData("x", 128)]
    public void Accepts_valid_ToTag(string tag, int times = 1)
    {
        Session.Run($"New-CrRepoTag team/app v3 ('{tag}' * {times})").AssertNoError();

        Assert.NotNull(App.Find(string.Concat(Enumerable.Repeat(tag, times))));
    }

    [Fact]
    public void Binds_ToTag_to_property_of_piped_object()
    {
        Session.Run($"$rows = @{{ v1 = 'p1' }}, @{{ v2 = '' }}, @{{ v3 = 'p3!' }}, @{{ v4 = 'p4' }} | ForEach-Object {{ [pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = ''; Tag = \"$($_.Keys)\"; ToTag = \"$($_.Values)\" }} }}").AssertNoError();

        var outcome = Session.Run("$rows | New-CrRepoTag");

        Assert.Equal(["TagMissing", "TagInvalid"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal((App.Find("v1")!.Digest, App.Find("v4")!.Digest, 252), (App.Find("p1")?.Digest, App.Find("p4")?.Digest, App.TagCount));
        Session.Run("$rows[0] | New-CrRepoTag -ToTag prod").AssertNoError();
        Assert.Equal(App.Find("v1")!.Digest, App.Find("prod")?.Digest);
    }

    [Fact]
    public void Calls_script_block_for_each_piped_object()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -First 2 | New-CrRepoTag -ToTag { \"$($_.Tag)-old\" } -PassThru").AssertNoError();

        Assert.Equal(["v0-old", "v1-old"], outcome.Texts);
    }

    [Fact]
    public void Starts_changes_when_input_has_ended()
    {
        var repository = NewRepository(60);

        Session.Run($"Get-CrRepoTag {repository} -All -PageSize 10 | ForEach-Object {{ [pscustomobject]@{{ RepoId = $_.RepoId; Tag = $_.Tag; ToTag = 'copy-' + $_.Tag }} }} | New-CrRepoTag").AssertNoError();

        Assert.Equal(60, Actions.Count(action => action == "CreateRepoTag"));
        Assert.DoesNotContain("ListRepoTag", Actions.SkipWhile(action => action != "CreateRepoTag"));
    }

    [Fact]
    public void Changes_nothing_if_list_is_incomplete()
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "ListRepoTag" && call.Parameters["PageNo"] == "2") (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };

        var outcome = Session.Run("Get-CrRepoTag team/app -All | ForEach-Object { [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; ToTag = 'copy-' + $_.Tag } } | New-CrRepoTag");

        Assert.StartsWith("IncompleteListing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("CreateRepoTag", Actions);
    }

    [Fact]
    public void Reports_invalid_items_and_continues()
    {
        var outcome = Session.Run($"'', 'prod', 'v*', 'v3' | ForEach-Object {{ [pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; Tag = $_ }} }} | New-CrRepoTag -ToTag prod");

        Assert.Null(outcome.Terminating);
        Assert.Equal(["TagMissing", "TagsEqual", "TagInvalid"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.NotNull(App.Find("prod"));
    }

    [Fact]
    public void Rejects_second_change_of_same_tag()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v1, v2, v3 | New-CrRepoTag -ToTag prod");

        Assert.Equal(["ChangedTwice", "ChangedTwice"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(App.Find("v1")!.Digest, App.Find("prod")!.Digest);
        Assert.Single(Actions, action => action == "CreateRepoTag");
    }

    /// <summary>Only a lookup shows that an ID and a name specify one repository.</summary>
    [Theory]
    [InlineData("'team/app', 'crr-app' | New-CrRepoTag -FromTag v3 -ToTag prod")]
    [InlineData("'crr-app', 'team/app' | New-CrRepoTag -FromTag v3 -ToTag prod")]
    [InlineData("New-CrRepoTag crr-app, team/app v3 prod")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; Tag = 'v3' }, [pscustomobject]@{ RepoId = 'crr-app'; RepoNamespaceName = 'team'; RepoName = 'other'; Tag = 'v2' } | New-CrRepoTag -ToTag prod")]
    public void Rejects_second_change_of_same_tag_by_other_name(string command)
    {
        var outcome = Session.Run(command.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal));

        Assert.StartsWith("ChangedTwice,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(App.Find("v3")!.Digest, App.Find("prod")!.Digest);
        Assert.Single(Actions, action => action == "CreateRepoTag");
    }

    [Fact]
    public void Reports_second_change_as_not_attempted_if_first_fails()
    {
        var outcome = Session.Run($"'gone', 'v1' | ForEach-Object {{ [pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; Tag = $_ }} }} | New-CrRepoTag -ToTag prod");

        Assert.Equal(["TAG_NOT_EXIST", "ChangedTwice"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains(":prod: The input contains more than one request for this tag. Only the first one was attempted.", outcome.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.Null(App.Find("prod"));
    }

    [Theory]
    [InlineData("New-CrRepoTag team/app gone prod")]
    [InlineData("[pscustomobject]@{ RepoId = 'crr-app'; Tag = 'gone' } | New-CrRepoTag -ToTag prod")]
    public void Names_missing_source_tag_and_its_repository(string command) => Assert.Contains(
        "The repository 'team/app' has no tag 'gone'. Tags are case-sensitive.",
        Assert.Single(Session.Run(command.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal)).Errors).ToString(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("team/app gone prod", "TAG_NOT_EXIST", "team/app:prod")]
    [InlineData("team/gone v3 prod", "REPO_NOT_EXIST", "team/gone:prod")]
    [InlineData("crr-gone v3 prod", "REPO_NOT_EXIST", "crr-gone:prod")]
    [InlineData("team/app v3 prod -InstanceId cri-gone", "INSTANCE_NOT_EXIST", "team/app:prod")]
    public void Reports_missing_tag_or_repository(string arguments, string id, string target)
    {
        var outcome = Session.Run($"New-CrRepoTag {arguments}; 'after'");

        Assert.Equal(["after"], outcome.Texts);
        var error = Assert.Single(outcome.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(("ObjectNotFound", target), (error.CategoryInfo.Category.ToString(), error.TargetObject));
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.CutBody)]
    public void Sends_change_once_if_reply_is_lost(FaultKind kind)
    {
        Emulator.OnCall = (call, _) => Task.FromResult(call.Action == "CreateRepoTag" ? new Fault(kind) : null);

        var outcome = Session.Run("New-CrRepoTag team/app v3 prod -PassThru");

        var error = outcome.Error;
        Assert.Contains("It is not known whether the change was made. Check the result with Get-CrRepoTag before you run the command again.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["CreateRepoTag"], Actions);
        Assert.NotNull(App.Find("prod"));
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.CutText)]
    [InlineData(FaultKind.SystemError)]
    [InlineData(FaultKind.ServiceUnavailable)]
    [InlineData(FaultKind.BadGateway)]
    [InlineData(FaultKind.Portal)]
    public void Does_not_contradict_that_change_was_sent(FaultKind kind)
    {
        Emulator.OnCall = (call, _) => Task.FromResult(call.Action == "CreateRepoTag" ? new Fault(kind) : null);

        var message = Assert.Single(Session.Run("New-CrRepoTag team/app v3 prod").Errors).ToString();

        Assert.StartsWith("team/app:prod: CreateRepoTag was sent, but no valid reply was received. ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("rejected", message, StringComparison.Ordinal);
        Assert.DoesNotContain("No connection", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Continues_after_lost_reply(int lost)
    {
        Emulator.OnCall = (call, _) => Task.FromResult(call.Action == "CreateRepoTag" && call.Parameters["RepoName"] == $"r{lost}" ? new Fault(FaultKind.Reset) : null);
        for (var number = 0; number < 3; number++) Emulator.Registry.AddRepository("team", $"r{number}").AddGenerated(1);

        var outcome = Session.Run("'team/r0', 'team/r1', 'team/r2' | New-CrRepoTag -FromTag v0 -ToTag prod -PassThru -ThrottleLimit 1 | ForEach-Object RepoName; 'after'");

        Assert.Null(outcome.Terminating);
        Assert.Equal($"team/r{lost}:prod", Assert.Single(outcome.Errors).TargetObject);
        Assert.Equal([.. Enumerable.Range(0, 3).Where(number => number != lost).Select(number => $"r{number}"), "after"], outcome.Texts);
    }

    [Theory]
    [InlineData("New-CrRepoTag team/r0, team/r1 v0 prod")]
    [InlineData("New-CrRepoTag team/r0, team/r1 v0 prod -PassThru")]
    public async Task Names_each_change_without_reply_when_stopped(string command)
    {
        for (var number = 0; number < 2; number++) Emulator.Registry.AddRepository("team", $"r{number}").AddGenerated(1);
        var sent = new SemaphoreSlim(0);
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "CreateRepoTag") return null;
            sent.Release();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };

        await Session.StopAsync(command, async _ =>
        {
            for (var number = 0; number < 2; number++) await sent.WaitAsync();
        });

        var warnings = Session.Screen.Split('\n').Where(line => line.StartsWith("WARNING: ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, warnings.Length);
        for (var number = 0; number < 2; number++)
        {
            Assert.StartsWith($"WARNING: team/r{number}:prod: CreateRepoTag was sent, but no valid reply was received. The command was stopped.", warnings[number], StringComparison.Ordinal);
            Assert.Contains("Check the result with Get-CrRepoTag", warnings[number], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Names_created_tag_that_was_not_returned_when_stopped()
    {
        var isReading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "GetRepoTag") return null;
            isReading.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };

        await Session.StopAsync("New-CrRepoTag team/app v0 prod -PassThru", _ => isReading.Task);

        Assert.Contains("WARNING: team/app:prod: The change was made before the command stopped.", Session.Screen, StringComparison.Ordinal);
        Emulator.OnCall = null;
        Assert.Equal(["prod"], Session.Run("Get-CrRepoTag team/app prod").AssertNoError().Texts);
    }

    [Fact]
    public void Reports_created_tag_that_cannot_be_read()
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "GetRepoTag") (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };

        var error = Assert.Single(Session.Run("New-CrRepoTag team/app v3 prod -PassThru").Errors);

        Assert.Contains("The tag 'prod' was created, but it could not be read.", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("NoPrivilege,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotNull(App.Find("prod"));
    }

    [Fact]
    public void Creates_tags_of_many_repositories_in_order_of_input()
    {
        for (var number = 0; number < 20; number++) Emulator.Registry.AddRepository("team", $"r{number}").AddGenerated(1);

        var outcome = Session.Run("Get-CrRepository -All | New-CrRepoTag -FromTag v0 -ToTag prod -PassThru -ThrottleLimit 4 | ForEach-Object { $_.RepoId }").AssertNoError();

        Assert.Equal(Emulator.Registry.Repositories.Select(one => one.RepoId), outcome.Texts);
        Assert.All(Emulator.Registry.Repositories, one => Assert.NotNull(one.Find("prod")));
    }
}
