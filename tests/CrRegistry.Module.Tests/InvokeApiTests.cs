using CrRegistry.Emulator.Faults;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Invoke-CrApi against the emulator.</summary>
public sealed class InvokeApiTests : ModuleTest
{
    private const string Create = "@{ NamespaceName = 'team'; RepoName = 'app'; FromTag = 'v3'; ToTag = 'prod' }";

    [Fact]
    public void Returns_reply_as_the_service_sent_it()
    {
        var reply = Assert.Single(Session.Run($"Invoke-CrApi GetRepoTag @{{ RepoId = '{Emulator.RepoId}'; Tag = 'v3' }}").AssertNoError().Output);

        Assert.Equal("v3", reply.Properties["Tag"].Value);
        Assert.IsType<long>(reply.Properties["ImageUpdate"].Value);
        Assert.Equal(true, reply.Properties["IsSuccess"].Value);
        Assert.Equal(["GetRepoTag"], Actions);
        Assert.Equal(Emulator.InstanceId, Emulator.Requests[0].Parameters["InstanceId"]);
    }

    [Theory]
    [InlineData("Invoke-CrApi -Action ListNamespace")]
    [InlineData("Invoke-CrApi listnamespace")]
    [InlineData("Invoke-CrApi ListNamespace @{}")]
    [InlineData("Invoke-CrApi ListNamespace @{ NamespaceName = $null }")]
    [InlineData("Invoke-CrApi ListNamespace @{ INSTANCEID = $id } -InstanceId cri-other")]
    [InlineData("Invoke-CrApi ListNamespace -InstanceId $id")]
    [InlineData("@{} | Invoke-CrApi ListNamespace")]
    [InlineData("[ordered]@{ instanceId = $id } | Invoke-CrApi ListNamespace")]
    public void Sends_names_and_defaults(string command)
    {
        Session.Set("id", Emulator.InstanceId);

        Session.Run(command).AssertNoError();

        Assert.Equal(["ListNamespace"], Actions);
        Assert.Equal($"InstanceId={Emulator.InstanceId}", string.Join(' ', Emulator.Requests[0].Parameters.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("@{ a = 'x' }", """{"a":"x"}""")]
    [InlineData("[ordered]@{ b = 1; a = @($true, $null) }", """{"b":1,"a":[true,null]}""")]
    [InlineData("[pscustomobject]@{ b = 1.5; a = [pscustomobject]@{ c = 'x' } }", """{"b":1.5,"a":{"c":"x"}}""")]
    [InlineData("$($d = [Collections.Generic.Dictionary[string, object]]::new(); $d.a = 1; $d)", """{"a":1}""")]
    [InlineData("[string[]]('x', 'y')", """["x","y"]""")]
    [InlineData("[Collections.Generic.List[object]](1, 'x')", """[1,"x"]""")]
    [InlineData("[char]'x'", "x")]
    [InlineData("'{ \"a\": 1 }'", """{ "a": 1 }""")]
    public void Sends_values_of_PowerShell_as_JSON(string value, string sent)
    {
        Session.Run($"Invoke-CrApi UpdateNamespace @{{ NamespaceName = 'team'; DefaultRepoConfiguration = {value} }} -Confirm:$false");

        Assert.Equal(sent, Assert.Single(Emulator.Requests).Parameters["DefaultRepoConfiguration"]);
    }

    [Fact]
    public void Returns_all_rows_with_Paginate()
    {
        var outcome = Session.Run($"Invoke-CrApi ListRepoTag @{{ RepoId = '{Emulator.RepoId}' }} -Paginate | ForEach-Object Tag").AssertNoError();

        Assert.Equal(Enumerable.Range(0, 250).Select(number => $"v{number}"), outcome.Texts);
        Assert.All(Emulator.Requests, request => Assert.Equal("100", request.Parameters["PageSize"]));
        // As with Get-CrRepoTag -All, the order by ImageUpdate spares a second reading: both ends are read again.
        Assert.Equal(["1", "1", "2", "3", "3"], Emulator.Requests.Select(request => request.Parameters["PageNo"]).Order());
    }

    [Fact]
    public void Requests_pages_of_the_size_that_is_specified()
    {
        Session.Run($"Invoke-CrApi ListRepoTag @{{ RepoId = '{Emulator.RepoId}'; PageSize = 50 }} -Paginate").AssertNoError();

        Assert.All(Emulator.Requests, request => Assert.Equal("50", request.Parameters["PageSize"]));
        Assert.Contains(Emulator.Requests, request => request.Parameters["PageNo"] == "5");
    }

    [Fact]
    public void Runs_piped_calls_side_by_side_in_order()
    {
        for (var number = 0; number < 20; number++) Emulator.Registry.AddRepository("team", $"r{number}").AddGenerated(1);

        var outcome = Session.Run("Get-CrRepository -All | ForEach-Object { @{ RepoId = $_.RepoId } } | Invoke-CrApi GetRepository | ForEach-Object RepoId").AssertNoError();

        Assert.Equal(Emulator.Registry.Repositories.Select(one => one.RepoId), outcome.Texts);
    }

    [Theory]
    [InlineData("Invoke-CrApi ListTag", "ActionUnknown", "'ListTag' is not an operation of the API. The nearest valid names are 'ListRepoTag',")]
    [InlineData("Invoke-CrApi ListRepoTag @{ RepositoryId = 'x' }", "ParameterUnknown", "ListRepoTag has no parameter 'RepositoryId'. The nearest valid names are 'RepoId',")]
    [InlineData("Invoke-CrApi GetInstanceCount @{ X = 1 }", "ParameterUnknown", "GetInstanceCount has no parameter 'X'. It has no parameters.")]
    [InlineData("Invoke-CrApi ListRepoTag", "ParameterMissing", "ListRepoTag requires 'RepoId'. Add it to -Parameter.")]
    [InlineData("Invoke-CrApi GetRepoTag @{ Tag = $null }", "ParameterMissing", "GetRepoTag requires 'RepoId' and 'Tag'. Add them to -Parameter.")]
    [InlineData("Invoke-CrApi TagResources @{ ResourceId = @(); ResourceType = 'instance'; Tag = @(@{ Key = 'a' }) }", "ParameterInvalid", "The value of 'ResourceId' is empty.")]
    [InlineData("Invoke-CrApi UntagResources @{ ResourceType = 'instance'; ResourceId = @(); All = $true }", "ParameterInvalid", "The value of 'ResourceId' is empty.")]
    [InlineData("Invoke-CrApi DeleteNamespace @{ NamespaceName = 'team'; InstanceId = $null }", "ParameterInvalid", "The value of 'InstanceId' is empty.")]
    [InlineData("Invoke-CrApi TagResources @{ RegionId = $null; ResourceType = 'instance'; ResourceId = 'cri-x'; Tag = @(@{ Key = 'a' }) }", "ParameterInvalid", "The value of 'RegionId' is empty.")]
    [InlineData("Invoke-CrApi DeleteRepository @{ RepoId = & { } }", "ParameterInvalid", "The value of 'RepoId' is empty.")]
    [InlineData("Invoke-CrApi DeleteRepository @{ RepoId = $null } -Force", "ParameterInvalid", "The value of 'RepoId' is empty.")]
    [InlineData("Invoke-CrApi UpdateScanRule @{ ScanRuleId = 'r'; Namespaces = $null }", "ParameterInvalid", "The value of 'Namespaces' is empty.")]
    [InlineData("Invoke-CrApi UpdateScanRule @{ ScanRuleId = 'r'; Namespaces = @() }", "ParameterInvalid", "The value of 'Namespaces' is empty.")]
    [InlineData("Invoke-CrApi UpdateScanRule @{ ScanRuleId = 'r'; RepoNames = @('a', $null) }", "ParameterInvalid", "The value of 'RepoNames' is empty.")]
    [InlineData("Invoke-CrApi UpdateScanRule @{ ScanRuleId = 'r'; Namespaces = '' }", "ParameterInvalid", "The value of 'Namespaces' is empty.")]
    [InlineData("Invoke-CrApi UntagResources @{ ResourceType = 'instance'; ResourceId = 'cri-x'; TagKey = $null; All = $true }", "ParameterInvalid", "The value of 'TagKey' is empty.")]
    [InlineData("Invoke-CrApi UntagResources @{ ResourceType = 'instance'; ResourceId = 'cri-x'; TagKey = @('') }", "ParameterInvalid", "The value of 'TagKey' is empty.")]
    [InlineData("Invoke-CrApi TagResources @{ ResourceType = 'instance'; ResourceId = 'cri-x'; Tag = @{ Key = ''; Value = 'v' } }", "ParameterInvalid", "The value of 'Tag' is empty.")]
    [InlineData("Invoke-CrApi TagResources @{ ResourceType = 'instance'; ResourceId = 'cri-x'; Tag = @{ Key = 'a'; Value = $null } }", "ParameterInvalid", "The value of 'Tag' is empty.")]
    [InlineData("Invoke-CrApi ResetLoginPassword @{ Password = '' }", "ParameterInvalid", "The value of 'Password' is empty.")]
    [InlineData("Invoke-CrApi DeleteRepository @{ RepoId = $null }", "ParameterInvalid", "The value of 'RepoId' is empty.")]
    [InlineData("Invoke-CrApi DeleteRepository @{ RepoNamespaceName = 'team'; RepoName = $null }", "ParameterInvalid", "The value of 'RepoName' is empty.")]
    [InlineData("Invoke-CrApi GetRepoTag @{ RepoId = 'crr-x'; Tag = 1.10 }", "ParameterInvalid", "The value of 'Tag' is a number, which may differ")]
    [InlineData("Invoke-CrApi GetRepoTag @{ RepoId = 'crr-x'; Tag = [datetime]::UtcNow }", "ParameterInvalid", "The value of 'Tag' has the type DateTime, which the API does not accept. Specify text.")]
    [InlineData("Invoke-CrApi GetRepoTag @{ RepoId = 'crr-x'; Tag = $credential.Password }", "ParameterInvalid", "The value of 'Tag' is a SecureString.")]
    [InlineData("$d = [Collections.Generic.Dictionary[string, object]]::new(); $d['Tag'] = 'a'; $d['tag'] = 'b'; Invoke-CrApi GetRepoTag $d", "ParameterInvalid", "The parameter 'Tag' is specified twice.")]
    [InlineData("Invoke-CrApi CreateScanRule @{ Namespaces = @{ a = [datetime]::UtcNow } }", "ParameterInvalid", "The value of 'Namespaces' has the type DateTime")]
    [InlineData("$a = @(1); $a[0] = $a; $a = , $a; 1..40 | ForEach-Object { $a = , $a }; Invoke-CrApi CreateScanRule @{ Namespaces = $a }", "ParameterInvalid", "The value of 'Namespaces' is nested too deeply.")]
    [InlineData("Invoke-CrApi ListInstanceEndpoint -Paginate", "PaginateInvalid", "ListInstanceEndpoint has no pages. Omit -Paginate. The reply has the rows in 'Endpoints'.")]
    [InlineData("Invoke-CrApi GetInstance -Paginate", "PaginateInvalid", "GetInstance has no pages. Omit -Paginate.")]
    [InlineData("Invoke-CrApi ListRepoBuildRecordLog @{ BuildRecordId = 'x' } -Paginate", "PaginateInvalid", "ListRepoBuildRecordLog has no pages. Omit -Paginate.")]
    [InlineData("Invoke-CrApi ListRepoTag @{ RepoId = 'crr-x'; pageno = 1 } -Paginate", "PaginateInvalid", "-Paginate reads all pages. Omit 'PageNo'.")]
    [InlineData("Invoke-CrApi ListRepoTag @{ RepoId = 'crr-x'; NextToken = 'x' } -Paginate", "PaginateInvalid", "-Paginate reads all pages. Omit 'NextToken'.")]
    [InlineData("Invoke-CrApi ListRepoTag @{ RepoId = 'crr-x'; PageSize = 101 } -Paginate", "ParameterInvalid", "The PageSize is not valid. Specify a whole number from 1 to 100.")]
    [InlineData("Invoke-CrApi \"Foo`r`nx-acs-action: Bar\" -Force", "ActionUnknown", "'Foo\\r\\nx-acs-action: Bar' is not an operation of the API.")]
    [InlineData("Invoke-CrApi ListNamespace @{ action = 'DeleteNamespace' } -Force", "ParameterUnknown", "'action' is part of each request, and the module adds it. Omit it.")]
    [InlineData("Invoke-CrApi ListNamespace @{ Timestamp = '2026-01-01T00:00:00Z' }", "ParameterUnknown", "'Timestamp' is part of each request")]
    [InlineData("Invoke-CrApi DeleteNamespace @{ NamespaceName = '' }", "ParameterInvalid", "The value of 'NamespaceName' is empty. Specify a value, or omit the parameter.")]
    [InlineData("Invoke-CrApi DeleteNamespace @{ NamespaceName = ' ' }", "ParameterInvalid", "The value of 'NamespaceName' is empty.")]
    [InlineData("Invoke-CrApi ListNamespace @{ InstanceId = '' }", "ParameterInvalid", "The value of 'InstanceId' is empty.")]
    [InlineData("Invoke-CrApi ListRepository @{ RepoNamespaceName = '' }", "ParameterInvalid", "The value of 'RepoNamespaceName' is empty.")]
    [InlineData("Invoke-CrApi DeleteNamespace @{ NamespaceName = $true }", "ParameterInvalid", "The value of 'NamespaceName' is a Boolean. Specify text.")]
    [InlineData("Invoke-CrApi CreateScanRule @{ Namespaces = @([double]::NaN) }", "ParameterInvalid", "The value of 'Namespaces' is not a finite number.")]
    [InlineData("Invoke-CrApi CreateScanRule @{ Namespaces = @{ a = [float]::PositiveInfinity } }", "ParameterInvalid", "The value of 'Namespaces' is not a finite number.")]
    [InlineData("Invoke-CrApi Foo -Paginate -Force", "PaginateInvalid", "Foo has no pages. Omit -Paginate.")]
    [InlineData("Invoke-CrApi ListInstance -InstanceId cri-x", "ParameterUnknown", "ListInstance has no parameter 'InstanceId'. Omit -InstanceId.")]
    [InlineData("Invoke-CrApi ListNamespace -InstanceId x", "InstanceIdInvalid", "'x' is not the ID of an instance")]
    [InlineData("Invoke-CrApi ListNamespace -InstanceId ''", "InstanceIdMissing", "-InstanceId is empty.")]
    [InlineData("Connect-CrRegistry -Endpoint $endpoint -Credential $credential; Invoke-CrApi ListNamespace", "ParameterMissing", "ListNamespace requires 'InstanceId'.")]
    [InlineData("Connect-CrRegistry cn-shanghai cri-x -Endpoint $endpoint -Credential $credential -Format Xml; Invoke-CrApi ListNamespace", "FormatNotSupported", "Invoke-CrApi reads replies in JSON only")]
    public void Rejects_invalid_input_before_any_request(string command, string id, string message)
    {
        Session.Set("endpoint", Emulator.Address);

        var outcome = Session.Run(command);

        Assert.StartsWith(id + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(message, outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Sends_empty_text_that_is_a_value()
    {
        Session.Run("Invoke-CrApi UpdateRepository @{ RepoId = 'crr-x'; RepoType = 'PRIVATE'; Summary = '' } -Confirm:$false");

        Assert.Equal("", Assert.Single(Emulator.Requests).Parameters["Summary"]);
    }

    [Fact]
    public void Does_not_advise_Force_if_it_is_specified() =>
        Assert.EndsWith(" -Force accepts only names of letters and digits.", Session.Run("Invoke-CrApi 'Get-Thing' -Force").Terminating!.Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void Reports_invalid_items_and_continues()
    {
        var outcome = Session.Run($"@{{ X = 1 }}, @{{ RepoId = 1 }}, @{{ RepoId = '{Emulator.RepoId}' }}, @{{ RepoId = 'crr-gone' }} | Invoke-CrApi GetRepository | ForEach-Object RepoName");

        Assert.Equal(["ParameterUnknown", "ParameterInvalid", "REPO_NOT_EXIST"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["app"], outcome.Texts);
    }

    [Theory]
    [InlineData("Invoke-CrApi ListRepoTag @{ RepoId = 'crr-x'; New = 1.5 } -Force", "ListRepoTag New=1.5")]
    [InlineData("Invoke-CrApi GetRepoTag -Force", "GetRepoTag")]
    [InlineData("Invoke-CrApi GetNewThing @{ Names = 'a', 'b' } -Force -Confirm:$false", "GetNewThing Names.1=a Names.2=b")]
    public void Sends_unknown_names_with_Force(string command, string sent)
    {
        Session.Run(command);

        var request = Assert.Single(Emulator.Requests);
        Assert.Equal(sent, string.Join(' ', new[] { request.Action }.Concat(request.Parameters.Where(pair => pair.Key is not ("InstanceId" or "RepoId")).Select(pair => $"{pair.Key}={pair.Value}"))));
    }

    [Theory]
    [InlineData("Invoke-CrApi CreateRepoTag " + Create)]
    [InlineData(Create + " | Invoke-CrApi CreateRepoTag")]
    [InlineData("Invoke-CrApi GetNewThing -Force")]
    public void Sends_no_write_if_the_host_cannot_prompt(string command)
    {
        var outcome = Session.Run(command);

        Assert.StartsWith("ConfirmationImpossible,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("This host cannot prompt, so an action was not confirmed (", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("). Use -Confirm:$false to run it without a prompt.", outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Makes_change_without_a_prompt_if_specified()
    {
        Session.Run($"Invoke-CrApi CreateRepoTag {Create} -Confirm:$false").AssertNoError();

        Assert.NotNull(Emulator.Registry.Repositories[0].Find("prod"));
        Assert.Equal(["CreateRepoTag"], Actions);
    }

    [Fact]
    public void Sends_no_write_with_WhatIf()
    {
        Session.Run($"Invoke-CrApi CreateRepoTag {Create} -WhatIf; Invoke-CrApi GetNewThing @{{ Value = 'planted' }} -Force -WhatIf").AssertNoError();

        Assert.Empty(Emulator.Requests);
        Assert.Contains($"\"CreateRepoTag\" on target \"FromTag=v3, InstanceId={Emulator.InstanceId}, NamespaceName=team, RepoName=app, ToTag=prod\".", Session.Screen, StringComparison.Ordinal);
        Assert.Contains("\"GetNewThing\" on target \"Value=***\".", Session.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Sends_reads_with_WhatIf_and_Confirm()
    {
        Session.Run("Invoke-CrApi ListNamespace -WhatIf; Invoke-CrApi ListNamespace -Confirm").AssertNoError();

        Assert.Equal(["ListNamespace", "ListNamespace"], Actions);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.CutBody)]
    public void Sends_change_once_if_reply_is_lost(FaultKind kind)
    {
        Emulator.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(kind));

        var outcome = Session.Run($"Invoke-CrApi CreateRepoTag {Create} -Confirm:$false");

        Assert.Contains("It is not known whether the change was made.", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Single(Emulator.Requests);
    }

    [Fact]
    public void Reports_rejection_with_shown_parameters_only()
    {
        var outcome = Session.Run($"Invoke-CrApi GetRepoTag @{{ RepoId = '{Emulator.RepoId}'; Tag = 'gone'; Secret = 'planted' }} -Force; 'after'");

        var error = Assert.Single(outcome.Errors);
        Assert.StartsWith($"InstanceId={Emulator.InstanceId}, RepoId={Emulator.RepoId}, Secret=***, Tag=gone: GetRepoTag was rejected", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["after"], outcome.Texts);
    }

    [Fact]
    public void Names_RAM_action_if_it_is_known()
    {
        Emulator.OnReply = (_, body, _) =>
        {
            (body["IsSuccess"], body["Code"]) = (false, "NoPrivilege");
            return Task.CompletedTask;
        };

        var errors = Session.Run($"Invoke-CrApi ListRepoTag @{{ RepoId = '{Emulator.RepoId}' }}; Invoke-CrApi DeleteRepoTag @{{ RepoId = '{Emulator.RepoId}'; Tag = 'v1' }} -Confirm:$false").Errors;

        Assert.Contains("needs the RAM action 'cr:ListRepositoryTag'.", errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("needs a RAM policy that allows the operation.", errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_no_value_of_unknown_parameters()
    {
        Session.Set("secret", Session.Credential("none", "planted-9").Password);

        var password = Session.Run("Invoke-CrApi ResetLoginPassword @{ Password = $secret } -Confirm:$false -Verbose -Debug");
        var unknown = Session.Run("Invoke-CrApi ListNamespace @{ New = 'planted-9' } -Force -Verbose -Debug");

        Assert.Equal(["planted-9", "planted-9"], new[] { Emulator.Requests[0].Parameters["Password"], Emulator.Requests[1].Parameters["New"] });
        var texts = string.Join('\n', new[] { password, unknown }.SelectMany(outcome => outcome.Verbose.Concat(outcome.Debug).Append(outcome.Terminating?.ToString() ?? string.Empty)));
        Assert.Contains("Password=***", texts, StringComparison.Ordinal);
        Assert.Contains("New=***", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", texts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-CrApi ListRepoT", "ListRepoTag ListRepoTagScanResult ListRepoTrigger")]
    [InlineData("Invoke-CrApi -Action 'getrepotag'", "'GetRepoTag' 'GetRepoTagScanStatus' 'GetRepoTagScanSummary'")]
    [InlineData("Invoke-CrApi *ScanRule", "CreateScanRule DeleteScanRule GetScanRule ListScanRule UpdateScanRule")]
    [InlineData("Invoke-CrApi GetRepoTag ", "@{ RepoId = ''; Tag = '' }")]
    [InlineData("Invoke-CrApi ListNamespace -Parameter ", "@{} | @{ NamespaceName = ''; NamespaceStatus = ''; PageNo = $null; PageSize = $null }")]
    [InlineData("Invoke-CrApi ResetLoginPassword ", "@{ Password = (Read-Host -AsSecureString) }")]
    public void Completes_actions_and_parameters_without_a_request(string line, string expected)
    {
        Session.Set("line", line);

        var found = Session.Run("[Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | ForEach-Object CompletionText").AssertNoError().Texts;

        Assert.Equal(expected, string.Join(expected[0] == '@' ? " | " : " ", found));
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Reports_page_that_is_missing()
    {
        Emulator.OnReply = (call, body, _) =>
        {
            if (call.Parameters["PageNo"] == "2") (body["IsSuccess"], body["Code"]) = (false, "SystemError2");
            return Task.CompletedTask;
        };

        var outcome = Session.Run($"Invoke-CrApi ListRepoTag @{{ RepoId = '{Emulator.RepoId}' }} -Paginate");

        Assert.StartsWith("IncompleteListing,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
