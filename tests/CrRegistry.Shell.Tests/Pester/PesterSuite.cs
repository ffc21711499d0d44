namespace CrRegistry.Shell.Tests.Pester;

/// <summary>Reports each test of the Pester suite as a separate test.</summary>
public sealed class PesterSuite
{
    public static TheoryData<PesterTest> Tests => [.. PesterRun.Suite.Tests];

    [Theory(DisplayName = "Pester"), MemberData(nameof(Tests), DisableDiscoveryEnumeration = true)]
    public void Pester_test_passes(PesterTest test) => Assert.True(test.Failure is null, test.Failure);

    /// <summary>A failed AfterAll is not part of any test's result.</summary>
    [Fact]
    public void Suite_fails_only_if_a_test_fails() =>
        Assert.True(PesterRun.Suite.Succeeded || PesterRun.Suite.Tests.Any(test => test.Failure is not null), PesterRun.Suite.Output);
}
