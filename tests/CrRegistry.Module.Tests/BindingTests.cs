using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class BindingTests : ModuleTest
{
    public static TheoryData<string> Inputs => new("id", "name", "tag", "custom", "csv", "deserialized");

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Finds_repository_of_piped_object_with_connection(string kind)
    {
        var outcome = Session.Run("$input | Get-CrRepoTag -First 1", Input(kind)).AssertNoError();

        Assert.Equal([Expected(kind)], outcome.Texts);
        Assert.Equal(Emulator.RepoId, outcome.Output[0].Properties["RepoId"].Value);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Finds_repository_of_piped_object_without_connection(string kind)
    {
        var input = Input(kind);
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", Emulator.AccessKeyId);
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Emulator.AccessKeySecret);
        try
        {
            // Text does not contain the instance.
            var instance = kind is "id" or "name" ? $"-InstanceId {Emulator.InstanceId}" : string.Empty;
            var outcome = Session.Run($"$input | Get-CrRepoTag -First 1 -Endpoint {Emulator.Address} {instance}", input).AssertNoError();
            Assert.Equal([Expected(kind)], outcome.Texts);
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

        Session.Run("$input | Get-CrRepoTag -First 1 -InstanceId cri-other", input);

        Assert.All(Emulator.Requests, request => Assert.Equal("cri-other", request.Parameters["InstanceId"]));
        Assert.NotEmpty(Emulator.Requests);
    }

    /// <summary>As an argument, a row of another instance must not specify the repository or namespace of that name in this one.</summary>
    [Theory]
    [InlineData("Get-CrRepoTag $other -First 1", "REPO_NOT_EXIST")]
    [InlineData("Get-CrRepoTag @($other) -First 1", "REPO_NOT_EXIST")]
    [InlineData("$other | ForEach-Object { Get-CrRepoTag -Repository $_ -First 1 }", "REPO_NOT_EXIST")]
    [InlineData("Get-CrRepoTag ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($other))) -First 1", "REPO_NOT_EXIST")]
    [InlineData("New-CrRepoTag $other v1 stable", "REPO_NOT_EXIST")]
    [InlineData("Get-CrRepository $other", "REPO_NOT_EXIST")]
    [InlineData("Get-CrRepository -Namespace $otherNamespace", "NamespaceInvalid")]
    [InlineData("Get-CrNamespace $otherNamespace", "NAMESPACE_NOT_EXIST")]
    public void Object_of_other_instance_is_not_found_by_its_name(string command, string errorId)
    {
        SetObjects("cri-otherotherother1");

        var outcome = Session.Run(command);

        Assert.StartsWith(errorId + ",", (outcome.Terminating ?? outcome.Error).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Rows_of_each_cmdlet_that_lists_by_name_are_arguments_of_their_instance()
    {
        var outcome = Session.Run("""
            foreach ($cmdlet in (Get-Module CrRegistry).ExportedCmdlets.Values) {
                for ($type = $cmdlet.ImplementingType; $type -and $type.Name -ne 'NamedListCmdlet`1'; $type = $type.BaseType) { }
                if (-not $type -or $type.GenericTypeArguments[0].Name -eq 'Instance') { continue }
                $row = $type.GenericTypeArguments[0]::new()
                foreach ($property in $row.PSObject.Properties) { if ($property.TypeNameOfValue -eq 'System.String' -and $property.IsSettable) { $property.Value = 'other' } }
                $argument = [CrRegistry.NameArgumentAttribute]::new('Name').Transform($ExecutionContext, $row)
                "$($row.GetType().Name) $([object]::ReferenceEquals($argument, $row))"
            }
            """).AssertNoError();

        Assert.Contains("Namespace False", outcome.Texts);
        Assert.All(outcome.Texts, text => Assert.EndsWith(" False", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-CrRepoTag $other -First 1", "v0")]
    [InlineData("Get-CrRepoTag @($other, 'team/app') -First 1", "v0 v0")]
    [InlineData("Get-CrRepository $other", "team/app")]
    [InlineData("Get-CrRepository -Namespace $otherNamespace", "team/app")]
    [InlineData("Get-CrNamespace $otherNamespace", "team")]
    public void Object_of_this_instance_is_found_by_its_name(string command, string found)
    {
        SetObjects(Emulator.InstanceId);

        Assert.Equal(found.Split(' '), Session.Run(command).AssertNoError().Texts);
    }

    private void SetObjects(string instanceId) => Session.Run($$"""
        $other = [CrRegistry.Repository]@{ InstanceId = '{{instanceId}}'; RepoId = 'crr-otherotherother1'; RepoNamespaceName = 'team'; RepoName = 'app' }
        $otherNamespace = [CrRegistry.Namespace]@{ InstanceId = '{{instanceId}}'; NamespaceId = 'crn-otherotherother1'; NamespaceName = 'team' }
        """).AssertNoError();

    [Fact]
    public void Piped_instance_takes_precedence_over_context()
    {
        Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = 'cri-other' }} | Get-CrRepoTag");

        Assert.Equal("cri-other", Emulator.Requests.Single().Parameters["InstanceId"]);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app -First 1 -RegionId cn-beijing")]
    [InlineData("[pscustomobject]@{ RepoId = $repoId; RegionId = 'cn-beijing' } | Get-CrRepoTag -First 1")]
    public void Writes_effective_region_on_tags(string command)
    {
        Session.Set("repoId", Emulator.RepoId);

        var tag = Session.Run(command).AssertNoError().Output.Single();

        Assert.Equal("cn-beijing", tag.Properties["RegionId"].Value);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    public void Treats_empty_properties_as_missing(string empty)
    {
        var outcome = Session.Run($"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; InstanceId = {empty}; RegionId = {empty} }} | Get-CrRepoTag -First 1").AssertNoError();

        Assert.Equal(Emulator.InstanceId, outcome.Output[0].Properties["InstanceId"].Value);
        Assert.Equal("cn-shanghai", outcome.Output[0].Properties["RegionId"].Value);
    }

    [Fact]
    public void Shows_name_of_piped_repository_in_warnings_and_errors()
    {
        var firstPage = Session.Run("Get-CrRepository team/app | Get-CrRepoTag").AssertNoError();
        var missingTag = Session.Run("Get-CrRepository team/app | Get-CrRepoTag -Tag no-such-tag");
        var gone = Session.Run("[pscustomobject]@{ RepoId = 'crr-gone'; RepoNamespaceName = 'team'; RepoName = 'gone' } | Get-CrRepoTag");
        var withoutName = Session.Run("[pscustomobject]@{ RepoId = 'crr-gone'; RepoNamespaceName = 'team'; RepoName = '' } | Get-CrRepoTag");
        var withoutNamespace = Session.Run("[pscustomobject]@{ RepoId = 'crr-gone'; RepoName = 'gone' } | Get-CrRepoTag");

        Assert.StartsWith("Only the first page of 'team/app' (30 of 250 tags)", Assert.Single(firstPage.Warnings), StringComparison.Ordinal);
        Assert.StartsWith("The repository 'team/app' has no tag 'no-such-tag'.", Assert.Single(missingTag.Errors).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("team/gone: ", Assert.Single(gone.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("crr-gone", gone.Errors[0].TargetObject);
        Assert.StartsWith("crr-gone: ", Assert.Single(withoutName.Errors).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("crr-gone: ", Assert.Single(withoutNamespace.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app")]
    [InlineData("Get-CrRepository team/app")]
    public void Explains_context_of_another_process(string command)
    {
        var outcome = Session.Run($"$mine = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-CrContext))); {command} -Context $mine");

        Assert.StartsWith("ParameterArgumentTransformationError,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("The context comes from another process and contains no credential. Run Connect-CrRegistry in this process.", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ignores_other_properties_of_piped_object()
    {
        var outcome = Session.Run(
            $"[pscustomobject]@{{ RepoId = '{Emulator.RepoId}'; Endpoint = 'http://127.0.0.1:1'; Context = 1; PageNo = 2; PageSize = 1; All = $true; First = 7 }} | Get-CrRepoTag");

        outcome.AssertNoError();
        Assert.Equal(30, outcome.Output.Count);
    }

    [Fact]
    public void Invalid_piped_text_is_error_of_its_item()
    {
        var outcome = Session.Run("'nonsense', 'team/app' | Get-CrRepoTag -First 1");

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Equal("nonsense", Assert.Single(outcome.Errors).TargetObject);
    }

    [Fact]
    public void Uses_other_context_without_change_of_session()
    {
        Session.Run("$mine = Get-CrContext; $other = Connect-CrRegistry cn-hangzhou cri-other -PassThru; Disconnect-CrRegistry").AssertNoError();

        var outcome = Session.Run("Get-CrRepoTag team/app -First 1 -Context $mine").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
    }

    [Fact]
    public void Looks_up_tag_of_piped_row_or_lists_first_page()
    {
        var outcome = RunRows("foreach ($tag in 'v7', '', $null, 'v3', 'v7') { [pscustomobject]@{ RepoId = $id; InstanceId = $instance; Tag = $tag } }", "-PageSize 2").AssertNoError();

        Assert.Equal(["v7", "v0", "v1", "v0", "v1", "v3", "v7"], outcome.Texts);
        Assert.Equal(3, Actions.Count(action => action == "GetRepoTag"));
        // Warnings for the rows without a tag.
        Assert.Contains("(2 of 250 tags)", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_many_piped_tags_in_order_without_warning()
    {
        var outcome = RunRows("120..1 | ForEach-Object { [pscustomobject]@{ RepoId = $id; Tag = \"v$_\" } }").AssertNoError();

        Assert.Equal(Enumerable.Range(1, 120).Reverse().Select(number => $"v{number}"), outcome.Texts);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(0, Listings);
    }

    [Theory]
    [InlineData("v*")]
    [InlineData("v[12]")]
    [InlineData("v?")]
    [InlineData("v[")]
    public void Piped_tag_is_not_a_wildcard(string tag)
    {
        var outcome = RunRows($"[pscustomobject]@{{ RepoId = $id; Tag = '{tag}' }}");

        Assert.Empty(outcome.Output);
        Assert.StartsWith("TagNotFound,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(tag, outcome.Error.TargetObject);
    }

    [Fact]
    public void Looks_up_all_tags_of_list_property() =>
        Assert.Equal(["v2", "v1"], RunRows("[pscustomobject]@{ RepoId = $id; Tag = 'v2', '', 'v1', 'v2' }").AssertNoError().Texts);

    [Fact]
    public void Tag_of_command_line_takes_precedence_over_piped_one()
    {
        Assert.Equal(["v1", "v2", "v1", "v2"], Session.Run("Get-CrRepoTag team/app -Tag v7, v8 | Get-CrRepoTag -Tag v1, v2").AssertNoError().Texts);
        Assert.Equal(11, Session.Run("Get-CrRepoTag team/app -Tag v7 | Get-CrRepoTag -Tag v24*").AssertNoError().Output.Count);
    }

    [Fact]
    public void Rejects_piped_tag_that_is_a_number()
    {
        var outcome = RunRows("[pscustomobject]@{ RepoId = $id; Tag = 1.10 }; [pscustomobject]@{ RepoId = $id; Tag = 'v1' }");

        Assert.Equal(["v1"], outcome.Texts);
        Assert.Contains("'Tag'. The name '1.1' is a value of type", Assert.Single(outcome.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_page_of_piped_tag()
    {
        var outcome = RunRows("[pscustomobject]@{ RepoId = $id; Tag = 'v1' }; [pscustomobject]@{ RepoId = $id }", "-PageNo 2 -PageSize 3");

        Assert.Equal(["v3", "v4", "v5"], outcome.Texts);
        Assert.StartsWith("AmbiguousPaging,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_of_piped_tag_is_unknown()
    {
        var outcome = Session.Run("Get-CrRepoTag team/app -Tag v7 | Get-CrRepoTag -IncludeTotalCount | ForEach-Object ToString").AssertNoError();

        Assert.Equal(["Unknown total count", "v7"], outcome.Texts);
    }

    [Theory]
    [InlineData("Get-CrRepository team/app | Get-CrRepoTag -First 1")]
    [InlineData("Get-CrRepository team/app | Get-CrRepoTag -Tag v0")]
    [InlineData("Get-CrRepoTag team/app -Tag v0 | Get-CrRepoTag")]
    [InlineData("Get-CrRepoTag team/app -All | Get-CrRepoTag")]
    public void Keeps_names_of_piped_repository(string command)
    {
        var tags = Session.Run(command).AssertNoError().Output;

        Assert.NotEmpty(tags);
        Assert.All(tags, tag => Assert.Equal(
            ("team", "app", Emulator.RepoId), (tag.Properties["RepoNamespaceName"].Value, tag.Properties["RepoName"].Value, tag.Properties["RepoId"].Value)));
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    public void Treats_empty_names_of_piped_repository_as_missing(string empty)
    {
        var tag = RunRows($"[pscustomobject]@{{ RepoId = $id; RepoName = {empty}; RepoNamespaceName = {empty} }}", "-First 1").AssertNoError().Output.Single();

        Assert.Null(tag.Properties["RepoName"].Value);
        Assert.Null(tag.Properties["RepoNamespaceName"].Value);
    }

    [Theory]
    [InlineData("Get-CrRepoTag team/app -Tag ''")]
    [InlineData("Get-CrRepoTag team/app -Tag $null")]
    [InlineData("Get-CrRepoTag team/app -Tag @()")]
    [InlineData("Get-CrRepoTag team/app -Tag v1, ''")]
    [InlineData("Get-CrRepoTag crr-x -Tag v1, $null")]
    public void Rejects_empty_tag_of_command_line(string command)
    {
        Assert.StartsWith("TagMissing,", Session.Run(command).Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    private Outcome RunRows(string rows, string arguments = "")
    {
        Session.Set("id", Emulator.RepoId);
        Session.Set("instance", Emulator.InstanceId);
        return Session.Run($"$rows = @({rows}); $rows | Get-CrRepoTag {arguments}");
    }

    // A tag is its own lookup.
    private static string Expected(string kind) => kind is "tag" or "csv" or "deserialized" ? "v9" : "v0";

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

    // As from Import-Csv, every property is text, also unused ones.
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
