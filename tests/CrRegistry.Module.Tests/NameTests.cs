using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Names that look like numbers. PowerShell converts an unquoted 1.10 before a cmdlet receives it.</summary>
public sealed class NameTests : ModuleTest
{
    /// <summary>Tags that look like numbers, and the value to which PowerShell converts each.</summary>
    private static readonly string[] s_tags =
        ["1.10", "1.1", "1.20", "1.2", "007", "7", "1kb", "1024", "0x10", "16", "1234e5", "123400000", "1.10d", "1l", "1", "True", "Monday", "100n", "100"];

    [Theory]
    [InlineData("-Tag 1.10,1.20", "'1.1'")]
    [InlineData("1.10,1.20", "'1.1'")]
    [InlineData("-Tag 1.10,v1", "'1.1'")]
    [InlineData("-Tag v1,1.10", "'1.1'")]
    [InlineData("-Tag 1234e5,1kb,0x10", "'123400000'")]
    [InlineData("-Tag 007,8", "'7'")]
    [InlineData("-Tag (1.10)", "'1.1'")]
    [InlineData("-Tag (007)", "'7'")]
    [InlineData("-Tag @(1.10)", "'1.1'")]
    [InlineData("-Tag $number", "'1.1'")]
    [InlineData("-Tag $numbers", "'1.1'")]
    [InlineData("-Tag $numbers[1]", "'1.2'")]
    [InlineData("-Tag $seven", "'7'")]
    [InlineData("-Tag $wrapped", "'1.1'")]
    [InlineData("-Tag @('v1', $wrapped)", "'1.1'")]
    [InlineData("-Tag ([double[]](1.10, 1.20))", "'1.1'")]
    [InlineData("-Tag ([Collections.Generic.List[object]]('v1', 1.10))", "'1.1'")]
    [InlineData("-Tag ([Collections.ArrayList]@(1.10))", "'1.1'")]
    [InlineData("-Tag ([decimal]1.10)", "'1.1'")]
    [InlineData("-Tag 1.10d,1.2d", "'1.10'")]
    [InlineData("-Tag ([long]7)", "'7'")]
    [InlineData("-Tag ([byte]7)", "'7'")]
    [InlineData("-Tag ([single]1.5)", "'1.5'")]
    [InlineData("-Tag ([uint64]7)", "'7'")]
    [InlineData("-Tag ([bigint]7)", "'7'")]
    [InlineData("-Tag 100n,v1", "'100'")]
    [InlineData("-Tag ([int128]7)", "'7'")]
    [InlineData("-Tag ([half]7)", "'7'")]
    [InlineData("-Tag $true", "'True'")]
    [InlineData("-Tag ([DayOfWeek]::Monday)", "'Monday'")]
    [InlineData("-Tag ([datetime]'2026-01-02')", "'01/02/2026 00:00:00'")]
    [InlineData("-Tag ([timespan]7)", "'00:00:00.0000007'")]
    [InlineData("-Tag ([double]::NaN)", "'NaN'")]
    [InlineData("@numberSplatted", "'1.1'")]
    [InlineData("@numbersSplatted", "'1.1'")]
    public void Rejects_a_value_that_is_not_text(string arguments, string shown)
    {
        var outcome = RunWithValues($"Get-CrRepoTag team/app {arguments}");

        Assert.Empty(outcome.Output);
        Assert.Equal("ParameterArgumentTransformationError,CrRegistry.Cmdlets.GetCrRepoTagCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Contains($"parameter 'Tag'. The name {shown} is a value of type", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Quote each name", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    /// <summary>Quotes do not make a name of such a value.</summary>
    [Theory]
    [InlineData("-Tag @{ Tag = 'v1' }", "A hashtable is not a name. Specify text, such as the value of a key.")]
    [InlineData("-Tag v1, ([ordered]@{ Tag = 'v1' })", "A hashtable is not a name. Specify text, such as the value of a key.")]
    [InlineData("-Tag v1, { v1 }", "A value of type ScriptBlock is not a name. Specify text.")]
    [InlineData("-Tag ([pscustomobject]@{ Tag = 'v1' })", "A value of type PSCustomObject is not a name. Specify text.")]
    [InlineData("-Tag ([version]'1.10'), ([object]::new())", "A value of type Object is not a name. Specify text.")]
    public void Rejects_object_as_name(string arguments, string told)
    {
        var outcome = RunWithValues($"Get-CrRepoTag team/app {arguments}");

        Assert.EndsWith($"parameter 'Tag'. {told}", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    /// <summary>PowerShell converts a collection that is not a list to one name.</summary>
    [Theory]
    [InlineData("@{ v7 = 1; v16 = 1 }.Keys")]
    [InlineData("([ordered]@{ v7 = 1; v16 = 1 }).Keys")]
    [InlineData("([Collections.Generic.HashSet[string]]('v7', 'v16'))")]
    [InlineData("([Collections.Generic.Queue[string]]('v7', 'v16'))")]
    [InlineData("([Linq.Enumerable]::Where([string[]]('v7', 'v16'), [Func[string, bool]] { $true }))")]
    [InlineData("@{ 'v7*' = 1; 'v16*' = 1 }.Keys")]
    public void Accepts_each_name_of_a_collection_that_is_not_a_list(string collection)
    {
        var output = Session.Run($"Get-CrRepoTag team/app -Tag {collection}").AssertNoError().Texts;

        Assert.Contains("v7", output);
        Assert.Contains("v16", output);
    }

    [Theory]
    [InlineData("Get-CrRepository -Name 007,1.10", "Name")]
    [InlineData("Get-CrRepository $number", "Name")]
    [InlineData("Get-CrRepository -Namespace $seven", "Namespace")]
    [InlineData("Get-CrRepository -RepoId $number", "RepoId")]
    [InlineData("Get-CrRepository -InstanceId $number", "InstanceId")]
    [InlineData("Get-CrRepository -RegionId $number", "RegionId")]
    [InlineData("Get-CrRepoTag 1.10,1.20", "Repository")]
    [InlineData("Get-CrRepoTag -RepoId $number", "RepoId")]
    [InlineData("Get-CrRepoTag team/app -InstanceId $number", "InstanceId")]
    [InlineData("Connect-CrRegistry cn-shanghai $number", "InstanceId")]
    [InlineData("Connect-CrRegistry -ProfileName $seven", "ProfileName")]
    [InlineData("1.10, 1.20 | Get-CrRepoTag", "Repository")]
    [InlineData("7 | Get-CrRepository", "Name")]
    [InlineData("7 | Get-CrRepository -Namespace 7", "Name")]
    [InlineData("@{ RepoId = 'crr-x' } | Get-CrRepoTag", "Repository")]
    [InlineData("Get-CrRepoTag @{ RepoId = 'crr-x' }", "Repository")]
    [InlineData("[pscustomobject]@{ RepoId = 7 } | Get-CrRepoTag", "RepoId")]
    public void Rejects_number_in_every_parameter_that_accepts_names(string command, string parameter)
    {
        var outcome = RunWithValues(command);

        Assert.Empty(outcome.Output);
        Assert.All(outcome.Terminating is { } error ? [error] : outcome.Errors, error => Assert.Contains($"parameter '{parameter}'. {(command.Contains("@{ ", StringComparison.Ordinal) && !command.StartsWith('[') ? "A hashtable is not a name" : "The name '")}", error.ToString(), StringComparison.Ordinal));
        Assert.NotEqual((null, 0), (outcome.Terminating, outcome.Errors.Count));
        Assert.Empty(Emulator.Requests);
    }

    [Theory]
    [InlineData("-Tag 1.10", "1.10")]
    [InlineData("1.10", "1.10")]
    [InlineData("-Tag:1.10", "1.10")]
    [InlineData("-Tag 1.1", "1.1")]
    [InlineData("1.1 -First 1", "1.1")]
    [InlineData("-Tag:7", "7")]
    [InlineData("-Tag 007", "007")]
    [InlineData("-Tag 1kb", "1kb")]
    [InlineData("-Tag 0x10", "0x10")]
    [InlineData("-Tag 1234e5", "1234e5")]
    [InlineData("-Tag 1.10d", "1.10d")]
    [InlineData("-Tag 1l", "1l")]
    [InlineData("-Tag 100n", "100n")]
    [InlineData("-Tag 100", "100")]
    [InlineData("-Tag '1.10','1.20'", "1.10 1.20")]
    [InlineData("-Tag '1.10'", "1.10")]
    [InlineData("-Tag \"$seven\"", "7")]
    [InlineData("-Tag $texts", "1.10 007")]
    [InlineData("-Tag ([char]'7')", "7")]
    [InlineData("-Tag True", "True")]
    [InlineData("@textsSplatted", "1.10 007")]
    public void Looks_up_name_as_written(string arguments, string expected)
    {
        foreach (var culture in new[] { "en-US", "de-DE" })
        {
            var outcome = RunWithValues($"[cultureinfo]::CurrentCulture = '{culture}'; Get-CrRepoTag team/app {arguments}").AssertNoError();
            Assert.Equal(expected, string.Join(' ', outcome.Texts));
        }
    }

    [Theory]
    [InlineData("function Get-One { param($tag) Get-CrRepoTag team/app -Tag $tag }; Get-One 1.10", "1.10")]
    [InlineData("function Get-Any { Get-CrRepoTag team/app @args }; Get-Any -Tag 1.10", "1.10")]
    [InlineData("$found = if ($true) { foreach ($i in 1) { (Get-CrRepoTag team/app -Tag 7) } }; $found", "7")]
    public void Looks_up_number_with_original_text(string command, string expected) =>
        Assert.Equal([expected], RunWithValues(command).AssertNoError().Texts);

    [Theory]
    [InlineData("function Get-One { param($tag) Get-CrRepoTag team/app -Tag $tag }; Get-One 1.1")]
    [InlineData("1.10 | ForEach-Object { Get-CrRepoTag team/app -Tag $_ }")]
    [InlineData("$tag = 0x7; Get-CrRepoTag team/app -First 7 -Tag $tag")]
    public void Rejects_number_without_original_text(string command) =>
        Assert.Contains("is a value of type", RunWithValues(command).Error.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-CrRepoTag team/app -Tag $hostile")]
    [InlineData("Get-CrRepository $hostile")]
    [InlineData("[pscustomobject]@{ RepoId = $hostile } | Get-CrRepoTag")]
    public void Target_of_error_is_safe_to_display(string command)
    {
        Session.Run("$hostile = \"v$([char]27)(0$([char]0x202e)\"").AssertNoError();

        var outcome = Session.Run(command);

        Assert.Equal("v\\u001b(0\\u202e", (outcome.Terminating ?? outcome.Error).TargetObject);
    }

    [Fact]
    public void Rejects_only_the_number_of_a_pipeline()
    {
        var outcome = Session.Run("'team/app', 1.10, 'team/app' | Get-CrRepoTag -First 1");

        Assert.Equal(["v0", "v0"], outcome.Texts);
        Assert.Contains("The name '1.1' is a value of type", Assert.Single(outcome.Errors).ToString(), StringComparison.Ordinal);
    }

    private Outcome RunWithValues(string command)
    {
        var repository = Emulator.Registry.Repositories[0];
        foreach (var tag in s_tags) repository.Put(new RegistryTag { Tag = tag });
        Session.Run("""
            $number = 1.10; $numbers = 1.10, 1.20; $seven = 007; $wrapped = [psobject]::AsPSObject(1.10); $texts = '1.10', '007'
            $numberSplatted = @{ Tag = 1.10 }; $numbersSplatted = @{ Tag = 1.10, 1.20 }; $textsSplatted = @{ Tag = '1.10', '007' }
            $WarningPreference = 'SilentlyContinue'
            """).AssertNoError();
        Emulator.ClearRequests();
        return Session.Run(command);
    }
}
