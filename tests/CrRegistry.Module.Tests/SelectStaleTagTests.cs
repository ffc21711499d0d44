using System.Management.Automation;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Select-CrStaleTag. Its rule has tests of its own: RetentionRuleTests in the tests of the client.</summary>
public sealed class SelectStaleTagTests : ModuleTest
{
    private const string Registry = "prod-registry.cn-shanghai.cr.aliyuncs.com";

    [Theory]
    [InlineData("-OlderThan 90.00:00", "old older web-old")]
    [InlineData("-OlderThan '90.00:00'", "old older web-old")]
    [InlineData("-OlderThan 90.00:00:00", "old older web-old")]
    [InlineData("-OlderThan ([timespan]::FromDays(90))", "old older web-old")]
    [InlineData("-OlderThan ([datetime]::Now).AddDays(-90)", "old older web-old")]
    [InlineData("-OlderThan ([datetime]::Now).AddDays(-90).ToUniversalTime()", "old older web-old")]
    [InlineData("-OlderThan ([DateTimeOffset]::Now.AddDays(-90))", "old older web-old")]
    [InlineData("-OlderThan ([datetime]::Now).AddDays(-90).ToString('o')", "old older web-old")]
    [InlineData("-OlderThan ([datetime]::Now).AddDays(-90).ToString('yyyy-MM-dd')", "old older web-old")]
    [InlineData("-OlderThan 2000-01-01", "")]
    [InlineData("-OlderThan 12:00", "week old older web-old")]
    [InlineData("-KeepLatest 2", "old older")]
    [InlineData("-KeepLatest '2'", "old older")]
    [InlineData("-KeepLatest 1 -OlderThan 150.00:00", "older")]
    [InlineData("-KeepLatest 1 -OlderThan 30.00:00 -Protect 'old*'", "web-old")]
    [InlineData("-KeepLatest 0 -Protect web-old, week, 'n*'", "old older")]
    [InlineData("-KeepLatest 0 -Protect Old", "new week old older web-old", "A pattern")]
    public void Returns_stale_tags_of_each_repository(string parameters, string stale, string? warning = null)
    {
        Fill();

        var outcome = Session.Run($"Get-CrRepository team/* -All | Get-CrRepoTag -All | Where-Object RepoName -ne app | Select-CrStaleTag {parameters}").AssertNoError();

        Assert.Equal(stale.Split(' ', StringSplitOptions.RemoveEmptyEntries), outcome.Texts);
        Assert.Equal(warning is null ? 0 : 1, outcome.Warnings.Count);
        Assert.All(outcome.Output, tag => Assert.Equal(("Stale", true), (tag.Properties["Verdict"].Value, ((string)tag.Properties["Reason"].Value).Length > 0)));
    }

    [Fact]
    public void Explains_every_tag_in_order_of_input()
    {
        Fill();

        var outcome = Session.Run("Get-CrRepoTag team/api, team/web -All | Select-CrStaleTag -KeepLatest 1 -Explain | ForEach-Object { \"$_ $($_.Verdict): $($_.Reason)\" }").AssertNoError();

        Assert.Equal(
            ["new Kept: the newest tag", "week Stale: not the newest tag", "old Stale: not the newest tag", "older Stale: not the newest tag",
             "latest Kept: the tag latest is always kept", "web-old Stale: not the newest tag"],
            outcome.Texts);
    }

    [Fact]
    public void Returns_fields_of_tag()
    {
        Fill();

        var tag = Session.Run("Get-CrRepoTag team/api -All | Select-CrStaleTag -KeepLatest 3").AssertNoError().Output.Single();

        Assert.Equal("CrRegistry.EvaluatedTag", tag.BaseObject.GetType().FullName);
        Assert.Equal(
            Session.Run("Get-CrRepoTag team/api -Tag older | ForEach-Object { $_.psobject.Properties } | ForEach-Object { \"$($_.Name)=$($_.Value)\" }").Texts.Append("Verdict=Stale").Append("Reason=not among the 3 newest").Order(StringComparer.Ordinal),
            Session.Run("$input | ForEach-Object { $_.psobject.Properties } | ForEach-Object { \"$($_.Name)=$($_.Value)\" }", tag).Texts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Output_pipes_to_other_cmdlets()
    {
        Fill();

        Assert.Equal(["older"], Session.Run("Get-CrRepoTag team/api -All | Select-CrStaleTag -KeepLatest 3 | Get-CrRepoTag").AssertNoError().Texts);
        Session.Run("Get-CrRepoTag team/api -All | Select-CrStaleTag -KeepLatest 3 | New-CrRepoTag -ToTag trash").AssertNoError();
        Assert.Equal(["week"], Session.Run("Get-CrRepoTag team/api -All | Select-CrStaleTag -KeepLatest 0 -Explain | Select-CrStaleTag -KeepLatest 1 | Where-Object Tag -eq week").AssertNoError().Texts);
    }

    [Fact]
    public void Sends_no_request_and_needs_no_connection()
    {
        Fill();
        Session.Run("$tags = Get-CrRepoTag team/api -All; Disconnect-CrRegistry");
        Emulator.ClearRequests();

        Assert.Equal(["week", "old", "older"], Session.Run("$tags | Select-CrStaleTag -KeepLatest 1").AssertNoError().Texts);
        Assert.Equal(["week", "old", "older"], Session.Run("Select-CrStaleTag -InputObject $tags -KeepLatest 1").AssertNoError().Texts);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public async Task Loads_no_file_of_dependencies()
    {
        var run = await BareHostRun.OfAsync($"""
            Import-Module '{Paths.Staging}'
            $tags = foreach ($day in 1..3) {"{"} [CrRegistry.ImageTag]@{"{"} Tag = "v$day"; Digest = "$day"; InstanceId = 'cri-x'; RepoId = 'crr-x'; RepoNamespaceName = 'team'; RepoName = 'app'; ImageUpdate = [datetime]::Now.AddDays(-$day) {"}"} {"}"}
            ($tags | Select-CrStaleTag -KeepLatest 2 -Protect v1 -InUse {Registry}/team/app:v1 -OlderThan 1.00:00).Tag
            @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object Location -like '*dependencies*').Count
            """);

        Assert.Equal(["v3", "0"], run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Compares_instants_where_local_time_is_not_UTC()
    {
        var run = await BareHostRun.OfAsync(
            $"""
            Import-Module '{Paths.Staging}'
            $now = [datetime]::Now
            $tags = foreach ($minutes in 30, 90) {"{"} [CrRegistry.ImageTag]@{"{"} Tag = "v$minutes"; Digest = "$minutes"; InstanceId = 'cri-x'; RepoId = 'crr-x'; ImageUpdate = $now.AddMinutes(-$minutes) {"}"} {"}"}
            $now.Hour -ne $now.ToUniversalTime().Hour
            ($tags | Select-CrStaleTag -OlderThan 1:00).Tag
            ($tags | Select-CrStaleTag -OlderThan $now.AddHours(-1)).Tag
            """,
            ("TZ", "America/New_York"));

        Assert.Equal(["True", "v90", "v90"], run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Returns_nothing_for_no_input() => Assert.Empty(Session.Run("Get-CrRepoTag team/none -All -ErrorAction Ignore | Select-CrStaleTag -KeepLatest 1").AssertNoError().Output);

    [Theory]
    [InlineData("", "ConditionMissing", "Specify -KeepLatest, -OlderThan, or both.")]
    [InlineData("-Protect v1", "ConditionMissing", "Specify -KeepLatest, -OlderThan, or both.")]
    [InlineData("-Explain", "ConditionMissing", "Specify -KeepLatest, -OlderThan, or both.")]
    [InlineData("-KeepLatest -1", "ParameterArgumentValidationError", "-1")]
    [InlineData("-KeepLatest $null", "ParameterArgumentTransformationError", "The number of tags to keep is empty.")]
    [InlineData("-KeepLatest ''", "ParameterArgumentTransformationError", "The number of tags to keep is empty.")]
    [InlineData("-KeepLatest ' '", "ParameterArgumentTransformationError", "The number of tags to keep is empty.")]
    [InlineData("-KeepLatest @{}", "ParameterArgumentTransformationError", "is not a number of tags.")]
    [InlineData("-KeepLatest ([ordered]@{})", "ParameterArgumentTransformationError", "is not a number of tags.")]
    [InlineData("-KeepLatest $true", "ParameterArgumentTransformationError", "'True' is not a number of tags.")]
    [InlineData("-KeepLatest 0.4", "ParameterArgumentTransformationError", "'0.4' is not a number of tags.")]
    [InlineData("-KeepLatest '0.4'", "ParameterArgumentTransformationError", "'0.4' is not a number of tags.")]
    [InlineData("-KeepLatest ten", "ParameterArgumentTransformationError", "'ten' is not a number of tags.")]
    [InlineData("-OlderThan 90", "ParameterArgumentTransformationError", "'90' has no unit. For 90 days specify '90.00:00'")]
    [InlineData("-OlderThan '90'", "ParameterArgumentTransformationError", "'90' has no unit. For 90 days specify '90.00:00'")]
    [InlineData("-OlderThan ' 90 '", "ParameterArgumentTransformationError", "'90' has no unit. For 90 days specify '90.00:00'")]
    [InlineData("-OlderThan 90.00", "ParameterArgumentTransformationError", "has no unit.")]
    [InlineData("-OlderThan 90.5", "ParameterArgumentTransformationError", "'90.5' has no unit. For 90 days")]
    [InlineData("-OlderThan '90.5'", "ParameterArgumentTransformationError", "'90.5' has no unit.")]
    [InlineData("-OlderThan (-90)", "ParameterArgumentTransformationError", "'-90' has no unit.")]
    [InlineData("-OlderThan 90d", "ParameterArgumentTransformationError", "'90' has no unit.")]
    [InlineData("-OlderThan '90d'", "ParameterArgumentTransformationError", "'90d' is neither a time span nor a date.")]
    [InlineData("-OlderThan '90 days'", "ParameterArgumentTransformationError", "'90 days' is neither a time span nor a date.")]
    [InlineData("-OlderThan 03/04/2026", "ParameterArgumentTransformationError", "'03/04/2026' is neither a time span nor a date.")]
    [InlineData("-OlderThan 2026-13-01", "ParameterArgumentTransformationError", "'2026-13-01' is neither a time span nor a date.")]
    [InlineData("-OlderThan $null", "ParameterArgumentTransformationError", "The age is empty.")]
    [InlineData("-OlderThan ''", "ParameterArgumentTransformationError", "The age is empty.")]
    [InlineData("-OlderThan $true", "ParameterArgumentTransformationError", "'True' is neither a time span nor a date.")]
    [InlineData("-OlderThan @(1, 2)", "ParameterArgumentTransformationError", "is neither a time span nor a date.")]
    // A wrong sign would make every tag stale.
    [InlineData("-OlderThan ([timespan]::FromDays(-90))", "ParameterArgumentTransformationError", "'-90.00:00:00' is not a positive time span.")]
    [InlineData("-OlderThan '-90.00:00'", "ParameterArgumentTransformationError", "'-90.00:00:00' is not a positive time span.")]
    [InlineData("-OlderThan ([timespan]::Zero)", "ParameterArgumentTransformationError", "'00:00:00' is not a positive time span.")]
    [InlineData("-OlderThan ([datetime]::Now).AddDays(90)", "ParameterArgumentTransformationError", "is in the future.")]
    [InlineData("-OlderThan 9999-01-01", "ParameterArgumentTransformationError", "is in the future.")]
    [InlineData("-OlderThan ([timespan]::MaxValue)", "ParameterArgumentTransformationError", "is too long.")]
    [InlineData("-KeepLatest 1 -Protect $null", "ProtectMissing", "-Protect is empty.")]
    [InlineData("-KeepLatest 1 -Protect ''", "ProtectMissing", "-Protect is empty.")]
    [InlineData("-KeepLatest 1 -Protect @()", "ProtectMissing", "-Protect is empty.")]
    [InlineData("-KeepLatest 1 -Protect v1, ''", "ProtectMissing", "-Protect is empty.")]
    [InlineData("-KeepLatest 1 -Protect 'v['", "WildcardInvalid", "'v['")]
    [InlineData("-KeepLatest 1 -Protect 1.10, 1.20", "ParameterArgumentTransformationError", "The name '1.1' is a value of type")]
    [InlineData("-KeepLatest 1 -InUse $null", "InUseMissing", "-InUse is empty.")]
    [InlineData("-KeepLatest 1 -InUse ''", "InUseMissing", "-InUse is empty.")]
    [InlineData("-KeepLatest 1 -InUse @()", "InUseMissing", "-InUse is empty.")]
    [InlineData("-KeepLatest 1 -InUse \"`n \"", "InUseMissing", "-InUse is empty.")]
    [InlineData("-KeepLatest 1 -InUse r.example.com/team/app:v1, '<none>'", "InUseInvalid", "'<none>' is not an image reference")]
    [InlineData("-KeepLatest 1 -InUse 1.10, 1.20", "ParameterArgumentTransformationError", "The name '1.1' is a value of type")]
    public void Rejects_invalid_parameters_before_any_output(string parameters, string id, string message)
    {
        Fill();

        var outcome = Session.Run($"Get-CrRepoTag team/api -All | Select-CrStaleTag {parameters}");

        Assert.StartsWith(id + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app -All | Select-CrStaleTag -KeepLatest 1 -Protect 'v[' -ErrorAction Stop; 'went on'")]
    [InlineData("Get-CrRepoTag team/app | Select-CrStaleTag -KeepLatest 1 -ErrorAction Stop; 'went on'")]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-CrRepoTag team/app | Select-CrStaleTag -KeepLatest 1; 'went on'")]
    public void Ends_script_with_ErrorAction_Stop(string script)
    {
        Assert.ThrowsAny<RuntimeException>(() => Session.Show(script));
        Assert.DoesNotContain("went on", Session.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app")]
    [InlineData("Get-CrRepoTag team/app -First 10")]
    [InlineData("Get-CrRepoTag team/app -Skip 10")]
    [InlineData("Get-CrRepoTag team/app -PageNo 1 -PageSize 100")]
    [InlineData("Get-CrRepoTag team/app -Tag v1, v2")]
    [InlineData("Get-CrRepoTag team/app -Tag 'v1*'")]
    [InlineData("$tags = Get-CrRepoTag team/app -First 10; $tags")]
    [InlineData("Get-CrRepoTag team/api -All; Get-CrRepoTag team/app -First 10")]
    public void Rejects_tags_of_an_incomplete_list(string input)
    {
        Fill();

        var outcome = Session.Run($"& {{ {input} }} | Select-CrStaleTag -KeepLatest 1");

        Assert.StartsWith("InputIncomplete,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("The tags of 'team/app' are not the complete list", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Contains("'Get-CrRepoTag team/app -All'", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Rejects_tags_of_a_list_that_has_not_ended()
    {
        Fill();

        var outcome = Session.Run("Get-CrRepoTag team/app -All | ForEach-Object { $_ | Select-CrStaleTag -KeepLatest 1 }");

        Assert.StartsWith("InputIncomplete,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("The listing of 'team/app' has not ended. Pipe its tags to Select-CrStaleTag directly", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Rejects_tags_of_a_failed_list()
    {
        Emulator.OnCall = (call, _) => Task.FromResult(call.Parameters.GetValueOrDefault("PageNo") == "3" ? new Fault(FaultKind.Portal) : null);
        Session.Run("$tags = [Collections.ArrayList]::new(); Get-CrRepoTag team/app -All | ForEach-Object { $null = $tags.Add($_) }");

        var outcome = Session.Run("$tags | Select-CrStaleTag -KeepLatest 1");

        Assert.StartsWith("InputIncomplete,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("The listing of 'team/app' failed", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Contains("'Get-CrRepoTag team/app -All'", outcome.Terminating.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($tags))")]
    [InlineData("$tags | ForEach-Object { [pscustomobject]@{ Tag = $_.Tag; Digest = $_.Digest; ImageUpdate = $_.ImageUpdate; InstanceId = $_.InstanceId; RepoId = $_.RepoId } }")]
    public void Accepts_copies_of_tags(string input)
    {
        Fill();
        Session.Run("$tags = Get-CrRepoTag team/api -All");

        Assert.Equal(["old", "older"], Session.Run($"{input} | Select-CrStaleTag -KeepLatest 2").AssertNoError().Texts);
    }

    [Theory]
    [InlineData("'team/app'", "'team/app' is not a tag.")]
    [InlineData("Get-CrRepository team/app", "'team/app' is not a tag.")]
    [InlineData("1", "'1' is not a tag.")]
    [InlineData("@{ Tag = 'v1' }", "is not a tag.")]
    [InlineData("[pscustomobject]@{ Tag = '' }", "is not a tag.")]
    [InlineData("[pscustomobject]@{ Tag = 1.1 }", "is not a tag.")]
    [InlineData("[pscustomobject]@{ Tag = 'v1'; ImageUpdate = '03/04/2026 10:00:00'; InstanceId = 'cri-x'; RepoId = 'crr-x' }", "has an ImageUpdate that is text")]
    [InlineData("[pscustomobject]@{ Tag = 'v1'; ImageUpdate = 1572875608000; InstanceId = 'cri-x'; RepoId = 'crr-x' }", "has an ImageUpdate that is not a time")]
    [InlineData("[pscustomobject]@{ Tag = 'v1'; InstanceId = 'cri-x' }", "The tag 'v1' has no RepoId.")]
    [InlineData("[CrRegistry.ImageTag]@{ Tag = 'v1'; RepoId = 'crr-x' }", "The tag 'v1' has no InstanceId.")]
    [InlineData("[CrRegistry.ImageTag]@{ RepoId = 'crr-x'; InstanceId = 'cri-x' }", "is not a tag.")]
    public void Rejects_objects_that_are_not_tags(string input, string message)
    {
        Fill();
        Session.Run("$tags = Get-CrRepoTag team/api -All");

        var outcome = Session.Run($"& {{ $tags; {input} }} | Select-CrStaleTag -KeepLatest 1");

        Assert.Contains(message, outcome.Terminating!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("InputInvalid,", outcome.Terminating.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Ignores_null() => Assert.Empty(Session.Run("$null | Select-CrStaleTag -KeepLatest 1 -ErrorAction Ignore").Output);

    [Theory]
    [InlineData($"-InUse {Registry}/team/api:old", "week older")]
    [InlineData($"-InUse {Registry}/team/api:old, {Registry}/team/api:week", "older")]
    // kubectl prints one line.
    [InlineData($"-InUse '{Registry}/team/api:old nginx:1.27 {Registry}/team/api:week'", "older")]
    [InlineData($"-InUse '{Registry}/team/api:old,{Registry}/team/api:week'", "older")]
    [InlineData($"-InUse \"{Registry}/team/api:old`n`n{Registry}/team/api:week`n\"", "older")]
    [InlineData($"-InUse '', {Registry}/team/api:old, ''", "week older")]
    [InlineData("-InUse \"docker-pullable://$registry/team/api@sha256:$digest\"", "week older")]
    public void Keeps_images_in_use(string parameters, string stale)
    {
        Fill();
        Session.Run($"$tags = Get-CrRepoTag team/api -All; $registry = '{Registry}'; $digest = $tags.Where({{ $_.Tag -eq 'old' }}).Digest");

        var outcome = Session.Run($"$tags | Select-CrStaleTag -KeepLatest 1 {parameters}").AssertNoError();

        Assert.Equal(stale.Split(' '), outcome.Texts);
        Assert.Empty(outcome.Warnings);
    }

    [Theory]
    [InlineData($"-InUse {Registry}/team/api:gone", "No image of -InUse is in the input.")]
    [InlineData("-InUse docker.io/team/api:old, nginx", "No image of -InUse is in the input.")]
    [InlineData("-Protect gone", "This value of -Protect did not match any tag: 'gone'.")]
    [InlineData("-Protect 'gone-*', old, Old", "These values of -Protect did not match any tag: 'gone-*', 'Old'.")]
    public void Warns_if_nothing_matched(string parameters, string warning)
    {
        Fill();

        var outcome = Session.Run($"Get-CrRepoTag team/api -All | Select-CrStaleTag -KeepLatest 1 {parameters}").AssertNoError();

        Assert.Contains(warning, Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.NotEmpty(outcome.Output);
    }

    /// <summary>A tag that a filter removed may share its digest with one that is stale then.</summary>
    [Theory]
    [InlineData("Get-CrRepoTag team/api -All | Where-Object Tag -ne old", "The input has only 3 of the 4 listed tags of 'team/api'. ")]
    [InlineData("$tags[2, 0, 1]", "The input has only 3 of the 4 listed tags of 'team/api'. ")]
    [InlineData("Get-CrRepoTag team/api, team/web -All | Where-Object Tag -notlike '*old*'", "The input has only 2 of the 4 listed tags of 'team/api', and is also incomplete for 1 other repository. ")]
    [InlineData("$tags + @(Get-CrRepoTag team/api -All)[1..3]", "The input has only 7 of the 8 listed tags of 'team/api'. ")]
    public void Warns_if_tags_of_listing_were_removed(string input, string warning)
    {
        Fill();
        Session.Run("$tags = Get-CrRepoTag team/api -All");

        var outcome = Session.Run($"{input} | Select-CrStaleTag -KeepLatest 1").AssertNoError();

        Assert.StartsWith(warning, Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.NotEmpty(outcome.Output);
    }

    [Theory]
    [InlineData("$tags[3..0]")]
    [InlineData("$tags + $tags")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($tags[0..1]))")]
    public void Complete_listing_or_copies_of_tags_cause_no_warning(string input)
    {
        Fill();
        Session.Run("$tags = Get-CrRepoTag team/api -All");

        Assert.Empty(Session.Run($"{input} | Select-CrStaleTag -KeepLatest 1").AssertNoError().Warnings);
    }

    [Fact]
    public void Warns_before_any_output()
    {
        Fill();

        Assert.Empty(Session.Run("Get-CrRepoTag team/api -All | Select-CrStaleTag -KeepLatest 1 -Protect gone -WarningAction Stop").Output);
    }

    [Fact]
    public void Pattern_that_matches_in_one_repository_causes_no_warning()
    {
        Fill();

        Assert.Empty(Session.Run("Get-CrRepoTag team/api, team/web -All | Select-CrStaleTag -KeepLatest 1 -Protect 'web-*', week").AssertNoError().Warnings);
    }

    [Fact]
    public void Rejects_InUse_for_repository_without_name()
    {
        Fill();
        Session.Run("$id = (Get-CrRepository team/api).RepoId");

        var outcome = Session.Run($"Get-CrRepoTag $id -All | Select-CrStaleTag -KeepLatest 1 -InUse {Registry}/team/api:old");

        Assert.StartsWith("RepositoryNameMissing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("namespace/name", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, Session.Run("Get-CrRepoTag $id -All | Select-CrStaleTag -KeepLatest 1").AssertNoError().Output.Count);
        // With the name alone, the reference of another repository would match, and hide that this one cannot.
        outcome = Session.Run($"Get-CrRepoTag team/api -All | ForEach-Object {{ $_.RepoNamespaceName = $null; $_ }} | Select-CrStaleTag -KeepLatest 1 -InUse {Registry}/team/api:old");
        Assert.StartsWith("RepositoryNameMissing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    /// <summary>A cast of text to a time, for example of a CSV row, has no offset. It would be taken for local time.</summary>
    [Fact]
    public void Rejects_time_of_unspecified_kind()
    {
        Fill();

        var outcome = Session.Run("Get-CrRepoTag team/api -All | ForEach-Object { [pscustomobject]@{ Tag = $_.Tag; Digest = $_.Digest; RepoId = $_.RepoId; InstanceId = $_.InstanceId; ImageUpdate = [datetime]::SpecifyKind($_.ImageUpdate, 'Unspecified') } } | Select-CrStaleTag -KeepLatest 1");

        Assert.StartsWith("InputInvalid,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Does_not_mix_instances()
    {
        const string tags = "foreach ($instance in 'cri-a', 'cri-b') { foreach ($day in 1..2) { [CrRegistry.ImageTag]@{ Tag = \"$instance-$day\"; Digest = '{0:x64}' -f $day; InstanceId = $instance; RepoId = 'crr-x'; ImageUpdate = [datetime]::Now.AddDays(-$day) } } }";

        Assert.Equal(["cri-a-2", "cri-b-2"], Session.Run($"& {{ {tags} }} | Select-CrStaleTag -KeepLatest 1").AssertNoError().Texts);
    }

    /// <summary>team/api has new, week, old and older; team/web has latest and web-old. Ages: 0, 7, 120, 200 days.</summary>
    private void Fill()
    {
        Add("api", ("new", 0), ("week", 7), ("old", 120), ("older", 200));
        Add("web", ("latest", 0), ("web-old", 120));

        void Add(string name, params (string Tag, int Age)[] tags)
        {
            var repository = Emulator.Registry.AddRepository("team", name);
            foreach (var (tag, age) in tags)
            {
                repository.Put(new RegistryTag
                {
                    Tag = tag,
                    Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(tag))),
                    ImageUpdate = DateTimeOffset.UtcNow.AddDays(-age).AddMinutes(-1),
                });
            }
        }
    }
}
