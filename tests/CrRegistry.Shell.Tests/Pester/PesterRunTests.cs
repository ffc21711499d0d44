namespace CrRegistry.Shell.Tests.Pester;

/// <summary>A failed Pester test must be reported by name, independent of its failure.</summary>
public sealed class PesterRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Reports_each_test_with_its_result()
    {
        var run = Run("Describe 'A list' { It 'passes' { }; It 'fails' { 1 | Should -Be 2 }; It 'is skipped' -Skip { }; It 'is undecided' { Set-ItResult -Inconclusive } }");
        Assert.False(run.Succeeded);
        Assert.Equal(["Sample: A list.passes", "Sample: A list.fails", "Sample: A list.is skipped", "Sample: A list.is undecided"], run.Tests.Select(test => test.ToString()));
        Assert.Null(run.Tests[0].Failure);
        Assert.StartsWith("Failed. Expected 2, but got 1.\n", run.Tests[1].Failure);
        Assert.Contains("Sample.Tests.ps1:1", run.Tests[1].Failure);
        Assert.StartsWith("Skipped. ", run.Tests[2].Failure);
        Assert.StartsWith("Inconclusive. ", run.Tests[3].Failure);
    }

    [Theory]
    [InlineData("Describe 'A list' { It 'is not read' {", "Sample.Tests.ps1", "Missing closing '}'")]
    [InlineData("BeforeAll { throw 'no service' }\nDescribe 'A list' { It 'is not run' { } }", "A list.is not run", "should run but it did not")]
    public void Reports_test_that_could_not_run(string script, string name, string failure)
    {
        var run = Run(script);
        Assert.False(run.Succeeded);
        var test = Assert.Single(run.Tests);
        Assert.EndsWith(name, test.Name);
        Assert.Contains(failure, test.Failure);
    }

    [Fact]
    public void Fails_if_only_the_clean_up_fails()
    {
        var run = Run("Describe 'A list' { AfterAll { throw 'no end' }; It 'passes' { } }");
        Assert.False(run.Succeeded);
        Assert.Contains("no end", run.Output);
    }

    [Fact]
    public void Fails_if_there_is_no_test()
    {
        var run = Run("'nothing'");
        Assert.False(run.Succeeded);
        Assert.Empty(run.Tests);
    }

    private PesterRun Run(string script)
    {
        File.WriteAllText(Path.Join(_folder.FullName, "Sample.Tests.ps1"), script);
        return new PesterRun(["-Path", _folder.FullName]);
    }
}
