using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Packaging;

/// <summary>The package that <c>build.ps1 -Task Package</c> makes of the staged module. It is made once.</summary>
[CollectionDefinition(nameof(Package))]
public sealed class Package : IAsyncLifetime, ICollectionFixture<Package>
{
    /// <summary>The path of the package.</summary>
    public string File { get; private set; } = "";

    public async Task InitializeAsync()
    {
        // As a user starts it from another shell: several tasks in one argument.
        var run = await PowerShellRun.StartAsync($"& dotnet '{Paths.PowerShell}' -NoProfile -File '{Path.Join(Paths.Root, "build.ps1")}' -Task 'Package,Package'\nexit $LASTEXITCODE");
        run.Succeeded();
        File = Assert.Single(Directory.GetFiles(Path.Join(Paths.Root, "out/packages"), "*.nupkg"));
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
