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

    [Fact]
    public void Rejects_kept_tags()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -All | Select-CrStaleTag -KeepLatest 10 -Explain | Remove-CrRepoTag -Confirm:$false");

        Assert.StartsWith("TagKept,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(250, App.TagCount);
    }

    [Fact]
    public void Rejects_tags_of_failed_listing()
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Action == "ListRepoTag" && call.Parameters["PageNo"] == "2") (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };
        Session.Run("$tags = [Collections.ArrayList]::new(); Get-CrRepoTag team/app -All | ForEach-Object { $null = $tags.Add($_) }");

        var outcome = Session.Run("$tags[0..2] | Remove-CrRepoTag -Confirm:$false");

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

    private void Move(string tag, string? digest, int minutes)
    {
        var before = App.Find(tag)!;
        App.Put(new RegistryTag
        {
            Tag = tag,
            Digest = digest ?? before.Digest,
            ImageId = before.ImageId,
            ImageSize = before.ImageSize,
            ImageCreate = before.ImageCreate,
            ImageUpdate = before.ImageUpdate!.Value.AddMinutes(minutes),
        });
    }
}
