using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Remove-CrRepoTag.</summary>
public sealed class RemoveTagTests : ModuleTest
{
    private const string Remove = " | Remove-CrRepoTag -Confirm:$false -PassThru | ForEach-Object { \"$_ $($_.Result)\" }";

    private RegistryRepository App => Emulator.Registry.Repositories[0];

    private int Deletes => Actions.Count(action => action == "DeleteRepoTag");

    [Theory]
    [InlineData("Remove-CrRepoTag team/app v3, v4 -Confirm:$false")]
    [InlineData("Remove-CrRepoTag -Repository crr-app -Tag v3, v4 -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Remove-CrRepoTag team/app v3, v4")]
    [InlineData("Get-CrRepoTag team/app -Tag v3, v4 | Remove-CrRepoTag -Confirm:$false")]
    [InlineData("Get-CrRepoTag crr-app -All | Where-Object Tag -In v3, v4 | Remove-CrRepoTag -Confirm:$false")]
    [InlineData("Remove-CrRepoTag -InputObject (Get-CrRepoTag team/app -Tag v3, v4) -Confirm:$false")]
    [InlineData("Get-CrRepoTag team/app -Tag v3, v4 | ForEach-Object { [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; Digest = 'sha256:' + $_.Digest } } | Remove-CrRepoTag -Confirm:$false")]
    [InlineData("Get-CrRepoTag team/app -Tag v3, v4 | ForEach-Object { [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; Digest = $_.Digest; ImageUpdate = $_.ImageUpdate.ToString() } } | Remove-CrRepoTag -Confirm:$false")]
    [InlineData("Get-CrRepoTag team/app -Tag v3, v4 | ForEach-Object { [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; Digest = $_.Digest; ImageUpdate = $_.ImageUpdate.ToUniversalTime().ToString('o') } } | Remove-CrRepoTag -Confirm:$false")]
    [InlineData("Get-CrRepoTag team/app -Tag v3, v4, v3 | Remove-CrRepoTag -Confirm:$false")]
    [InlineData("Get-CrRepoTag team/app, crr-app -Tag v3, v4 | Remove-CrRepoTag -Confirm:$false")]
    public void Removes_exactly_input(string command)
    {
        Session.Run(command.Replace("crr-app", Emulator.RepoId, StringComparison.Ordinal)).AssertNoError();

        Assert.Equal((null, null, 248, 2), (App.Find("v3"), App.Find("v4"), App.TagCount, Deletes));
    }

    [Fact]
    public void Returns_results()
    {
        var digest = App.Find("v3")!.Digest;

        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v3 | Remove-CrRepoTag -Confirm:$false -PassThru -Verbose").AssertNoError();

        var result = Assert.Single(outcome.Output);
        string[] fields = ["Tag", "Result", "Reason", "Digest", "InstanceId", "RegionId", "RepoId", "RepoNamespaceName", "RepoName"];
        Assert.Equal(["v3", "Removed", null, digest, Emulator.InstanceId, "cn-shanghai", Emulator.RepoId, "team", "app"], fields.Select(field => result.Properties[field].Value));
        Assert.NotNull(result.Properties["RequestId"].Value);
        Assert.Equal("Removed: 1, already gone: 0, changed: 0, failed: 0.", outcome.Verbose[^1]);
    }

    [Fact]
    public void Sends_nothing_with_WhatIf()
    {
        Session.Run("$tags = Get-CrRepoTag team/app -All").AssertNoError();
        Emulator.ClearRequests();

        Assert.Empty(Session.Run("$tags | Remove-CrRepoTag -WhatIf -PassThru").AssertNoError().Output);

        Assert.Empty(Emulator.Requests);
        Assert.Contains($"What if: Performing the operation \"Remove tag\" on target \"team/app:v3 of instance '{Emulator.InstanceId}'\".", Session.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_Confirm_if_host_cannot_prompt()
    {
        var outcome = Session.Run("Remove-CrRepoTag team/app v3");

        Assert.StartsWith("ConfirmationImpossible,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Confirm:$false", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("team/app 'v*'", "TagInvalid", "'Get-CrRepoTag -Tag v*'")]
    [InlineData("team/app ''", "TagMissing", "The Tag is empty.")]
    [InlineData("team/app 1.10, 1.20", "ParameterArgumentTransformationError", "Quote each name")]
    [InlineData("app v3", "RepositoryInvalid", "'app' is not a repository.")]
    [InlineData("team/app v3 -InstanceId x", "InstanceIdInvalid", "'x' is not the ID of an instance")]
    public void Rejects_invalid_argument_before_any_request(string arguments, string id, string message)
    {
        var outcome = Session.Run($"Remove-CrRepoTag {arguments} -Confirm:$false");

        Assert.StartsWith(id + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("Digest = ''; ImageUpdate = $null", "DigestMissing")]
    [InlineData("ImageUpdate = [datetime]::Now", "DigestMissing")]
    [InlineData("Digest = 'a'; ImageUpdate = $null", "ImageUpdateMissing")]
    [InlineData("Digest = 'a'; ImageUpdate = ''", "ImageUpdateMissing")]
    [InlineData("Digest = 'a'; ImageUpdate = 'x'", "ImageUpdateInvalid")]
    public void Rejects_row_that_cannot_be_checked_and_continues(string fields, string id)
    {
        var outcome = Session.Run($"$row = [pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; Tag = 'v3'; {fields} }}; $row, (Get-CrRepoTag team/app -Tag v4) | Remove-CrRepoTag -Confirm:$false");

        Assert.Null(outcome.Terminating);
        Assert.StartsWith(id + ",", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((true, false), (App.Find("v3") is not null, App.Find("v4") is not null));
    }

    [Theory]
    [InlineData("")]
    // A copy from a file that was edited by hand.
    [InlineData("| ForEach-Object { [pscustomobject]@{ RepoId = $_.RepoId; Tag = $_.Tag; Digest = $_.Digest; ImageUpdate = $_.ImageUpdate; Verdict = 'kept' } }")]
    public void Rejects_kept_tags(string copy)
    {
        var outcome = Session.Run($"Get-CrRepoTag team/app -All | Select-CrStaleTag -KeepLatest 10 -Explain {copy} | Remove-CrRepoTag -Confirm:$false");

        Assert.StartsWith("TagKept,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(250, App.TagCount);
    }

    /// <summary>The mark of a listing stays with its tags.</summary>
    [Theory]
    [InlineData("$tags[0..2]")]
    [InlineData("$tags | Where-Object Tag -NE v0")]
    [InlineData(", $tags")]
    [InlineData("(Get-CrRepoTag team/app -Tag v9), $tags[0]")]
    public void Rejects_tags_of_failed_listing(string tags)
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "ListRepoTag" && call.Parameters["PageNo"] == "2") (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };
        Session.Run("$tags = [Collections.ArrayList]::new(); Get-CrRepoTag team/app -All | ForEach-Object { $null = $tags.Add($_) }");

        var outcome = Session.Run(tags + " | Remove-CrRepoTag -Confirm:$false");

        Assert.StartsWith("InputIncomplete,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((250, 0), (App.TagCount, Deletes));
    }

    [Fact]
    public void Rejects_tags_of_running_listing()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -All -PageSize 10 | ForEach-Object { $_ | Remove-CrRepoTag -Confirm:$false -ErrorAction Stop }");

        Assert.StartsWith("InputIncomplete,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(250, App.TagCount);
    }

    /// <summary>A part of a list is safe to remove: nothing is concluded from the tags that are missing.</summary>
    [Theory]
    [InlineData("$n = 0; $tags = foreach ($once in 1) { Get-CrRepoTag team/app -All -PageSize 10 | ForEach-Object { $_; if (++$n -eq 3) { break } } }; $tags")]
    [InlineData("Get-CrRepoTag team/app -First 3")]
    [InlineData("Get-CrRepoTag team/app -PageSize 3 -PageNo 1")]
    [InlineData("Get-CrRepoTag team/app -Tag 'v[0-2]'")]
    public void Removes_part_of_list(string tags)
    {
        Session.Run(tags + " | Remove-CrRepoTag -Confirm:$false").AssertNoError();

        Assert.Equal((247, 3, null, null, null), (App.TagCount, Deletes, App.Find("v0"), App.Find("v1"), App.Find("v2")));
    }

    [Fact]
    public void Rejects_tag_without_ImageUpdate_and_continues()
    {
        Put("v3", null, null);

        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v3, v4 -WarningAction Ignore | Remove-CrRepoTag -Confirm:$false");

        Assert.StartsWith("ImageUpdateMissing,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((true, null), (App.Find("v3") is not null, App.Find("v4")));
    }

    [Fact]
    public void Removes_tags_of_several_repositories_and_continues_after_wrong_instance()
    {
        NewRepository(5);
        var other = Emulator.Registry.Repositories.Single(one => one != App);

        var outcome = Session.Run(
            "$tags = Get-CrRepoTag team/app, team/n5 -Tag v3, v4; $wrong = [pscustomobject]@{ InstanceId = 'cri-other'; RepoId = $tags[0].RepoId; Tag = 'v3'; Digest = $tags[0].Digest }; $tags[0], $wrong, $tags[3]" + Remove);

        Assert.Equal(["v3 Removed", "v3 Failed", "v4 Removed"], outcome.Texts);
        Assert.StartsWith("INSTANCE_NOT_EXIST,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((249, 4, null, null), (App.TagCount, other.TagCount, App.Find("v3"), other.Find("v4")));
    }

    [Fact]
    public void Continues_after_errors_and_counts_results()
    {
        Session.Run("$tags = Get-CrRepoTag team/app -Tag v1, v2, v3, v4, v5").AssertNoError();
        App.Remove("v3");
        Move("v4", "other", 0);
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "GetRepoTag" && call.Parameters["Tag"] == "v2") (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };

        var outcome = Session.Run("$tags, $tags[0] | Remove-CrRepoTag -Confirm:$false -PassThru -Verbose | ForEach-Object { \"$_ $($_.Result)\" }");

        Assert.Equal(["v1 Removed", "v2 Failed", "v3 AlreadyGone", "v4 Changed", "v5 Removed"], outcome.Texts);
        Assert.Equal(["NoPrivilege", "TagChanged"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("'cr:ListRepositoryTag'", outcome.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("Removed: 2, already gone: 1, changed: 1, failed: 1.", outcome.Verbose[^1]);
        Assert.Equal((247, 2), (App.TagCount, Deletes));
    }

    [Fact]
    public void Removes_each_tag_once_while_service_throttles()
    {
        var calls = 0;
        Emulator.OnCall = (_, _) => Task.FromResult(Interlocked.Increment(ref calls) % 3 == 0 ? new Fault(FaultKind.Throttling) : null);

        var outcome = Session.Run("Get-CrRepoTag team/app -First 30" + Remove).AssertNoError();

        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"v{number} Removed"), outcome.Texts);
        Assert.Equal(220, App.TagCount);
    }

    [Theory]
    [InlineData("other", 0)]
    [InlineData(null, 1)]
    public void Keeps_tag_that_changed_since_it_was_listed(string? digest, int minutes)
    {
        Session.Run("$tags = Get-CrRepoTag team/app -Tag v3, v4").AssertNoError();
        Move("v3", digest, minutes);

        var outcome = Session.Run("$tags" + Remove);

        Assert.Equal(["v3 Changed", "v4 Removed"], outcome.Texts);
        Assert.StartsWith("TagChanged,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((true, false), (App.Find("v3") is not null, App.Find("v4") is not null));
    }

    [Fact]
    public void Keeps_tag_that_changes_while_delete_is_throttled()
    {
        Emulator.OnCall = (call, _) =>
        {
            if (call.Action != "DeleteRepoTag" || Deletes > 0) return Task.FromResult<Fault?>(null);
            Move("v3", "other", 0);
            return Task.FromResult<Fault?>(new Fault(FaultKind.Throttling));
        };

        Assert.Equal(["v3 Changed"], Session.Run("Get-CrRepoTag team/app -Tag v3" + Remove).Texts);
        Assert.NotNull(App.Find("v3"));
    }

    [Fact]
    public void Counts_missing_tag_as_done()
    {
        Session.Run("$tags = Get-CrRepoTag team/app -Tag v3").AssertNoError();
        App.Remove("v3");

        Assert.Equal(["v3 AlreadyGone"], Session.Run("$tags" + Remove).AssertNoError().Texts);
        Assert.Equal(0, Deletes);
    }

    [Theory]
    [InlineData(FaultKind.Reset, "v3 Removed")]
    [InlineData(FaultKind.CutBody, "v3 Removed")]
    [InlineData(FaultKind.BadGateway, "v3 Failed")]
    public void Looks_tag_up_after_lost_reply(FaultKind kind, string result)
    {
        Emulator.OnCall = (call, _) => Task.FromResult(call.Action == "DeleteRepoTag" ? new Fault(kind) : null);

        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v3" + Remove);

        Assert.Equal([result], outcome.Texts);
        Assert.Equal((1, result.EndsWith("Failed", StringComparison.Ordinal)), (Deletes, App.Find("v3") is not null));
        Assert.Equal(App.Find("v3") is null ? 0 : 1, outcome.Errors.Count);
    }

    [Fact]
    public async Task Names_each_removal_without_reply_when_stopped()
    {
        var sent = new SemaphoreSlim(0);
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "DeleteRepoTag") return null;
            sent.Release();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };

        await Session.StopAsync("Get-CrRepoTag team/app -Tag v3, v4 | Remove-CrRepoTag -Confirm:$false -PassThru", async _ =>
        {
            for (var number = 0; number < 2; number++) await sent.WaitAsync();
        });

        var warnings = Session.Screen.Split('\n').Where(line => line.StartsWith("WARNING: ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, warnings.Length);
        Assert.StartsWith("WARNING: team/app:v3: DeleteRepoTag was sent, but no valid reply was received.", warnings[0], StringComparison.Ordinal);
    }

    /// <summary>Each tag that is gone has a result or a warning.</summary>
    [Theory]
    [InlineData("Remove-CrRepoTag -Confirm:$false -PassThru -ThrottleLimit 3 -Verbose")]
    [InlineData("Remove-CrRepoTag -Confirm:$false -ThrottleLimit 3")]
    public async Task Names_each_removed_tag_whose_result_was_not_returned_when_stopped(string remove)
    {
        var others = new CountdownEvent(2);
        Emulator.OnCall = async (call, token) =>
        {
            if (call.Action != "DeleteRepoTag") return null;
            if (call.Parameters["Tag"] == "v3") await Task.Delay(Timeout.Infinite, token);
            others.Signal();
            return null;
        };

        await Session.StopAsync("Get-CrRepoTag team/app -Tag v3, v4, v5 | " + remove, async _ =>
        {
            others.Wait();
            await Task.Delay(500);
        });

        Assert.Equal((true, null, null), (App.Find("v3") is not null, App.Find("v4"), App.Find("v5")));
        AssertNamed(":v3: DeleteRepoTag was sent", ":v4: The tag was removed", ":v5: The tag was removed");
    }

    [Fact]
    public async Task Names_removed_tag_whose_result_was_being_written_when_stopped()
    {
        using var reached = new ManualResetEventSlim();
        Session.Set("reached", reached);

        await Session.StopAsync(
            "Get-CrRepoTag team/app -Tag v3, v4 | Remove-CrRepoTag -Confirm:$false -PassThru -ThrottleLimit 1 | ForEach-Object { $reached.Set(); Start-Sleep -Seconds 60 }",
            _ => Task.Run(reached.Wait));

        Assert.Null(App.Find("v3"));
        AssertNamed(App.Find("v4") is null ? [":v3: The tag was removed", ":v4: "] : [":v3: The tag was removed"]);
    }

    [Fact]
    public void Names_each_removed_tag_if_reader_stops()
    {
        using var others = new CountdownEvent(2);
        Emulator.OnReply = (call, _, token) =>
        {
            if (call.Action != "DeleteRepoTag") return Task.CompletedTask;
            if (call.Parameters["Tag"] == "v3") others.Wait(token);
            else others.Signal();
            return call.Parameters["Tag"] == "v3" ? Task.Delay(500, token) : Task.CompletedTask;
        };

        var outcome = Session.Run("foreach ($once in 1) { Get-CrRepoTag team/app -Tag v3, v4, v5 | Remove-CrRepoTag -Confirm:$false -PassThru -ThrottleLimit 3 | ForEach-Object { $_; break } }").AssertNoError();

        Assert.Equal(["v3"], outcome.Texts);
        AssertNamed(":v4: The tag was removed", ":v5: The tag was removed");
    }

    [Fact]
    public void Returns_results_before_error_that_ends_pipeline()
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "DeleteRepoTag" && call.Parameters["Tag"] == "v3") (body["IsSuccess"], body["Code"]) = (false, "InvalidAccessKeyId.Inactive");
            return Task.CompletedTask;
        };
        Emulator.OnCall = (call, _) => Task.FromResult(call.Action == "DeleteRepoTag" && call.Parameters["Tag"] == "v5" ? new Fault(FaultKind.Reset) : null);

        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v3, v4, v5, v6 | Remove-CrRepoTag -Confirm:$false -PassThru -ThrottleLimit 3 | ForEach-Object { \"$_ $($_.Result)\" }");

        Assert.StartsWith("InvalidAccessKeyId.Inactive,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["v3 Failed", "v4 Removed", "v5 Removed"], outcome.Texts);
        Assert.NotNull(App.Find("v6"));
    }

    [Fact]
    public async Task Shows_and_ends_progress()
    {
        await using var emulator = await CrRegistry.Emulator.EmulatorServer.StartAsync(
            new CrRegistry.Emulator.EmulatorOptions { TagCount = 5, Latency = TimeSpan.FromMilliseconds(300) }, CancellationToken.None);
        Session.Connect(emulator);

        var progress = Session.Run("Remove-CrRepoTag team/app v0, v1, v2, v3 -Confirm:$false -ThrottleLimit 1").AssertNoError().Progress;

        Assert.Contains(progress, record => record is { Activity: "Removing tags", StatusDescription: "3 of 4 tags", PercentComplete: 75 });
        Assert.Equal(System.Management.Automation.ProgressRecordType.Completed, progress[^1].RecordType);
    }

    private void AssertNamed(params string[] expected)
    {
        var warnings = Session.Screen.Split('\n').Where(line => line.StartsWith("WARNING: ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(expected.Length, warnings.Length);
        foreach (var (text, warning) in expected.Zip(warnings)) Assert.Contains("WARNING: team/app" + text, warning, StringComparison.Ordinal);
    }

    private void Move(string tag, string? digest, int minutes) => Put(tag, digest, App.Find(tag)!.ImageUpdate!.Value.AddMinutes(minutes));

    private void Put(string tag, string? digest, DateTimeOffset? time)
    {
        var before = App.Find(tag)!;
        App.Put(new RegistryTag
        {
            Tag = tag,
            Digest = digest ?? before.Digest,
            ImageId = before.ImageId,
            ImageSize = before.ImageSize,
            ImageCreate = before.ImageCreate,
            ImageUpdate = time,
        });
    }
}
