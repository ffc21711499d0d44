using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Packaging;

/// <summary>The package that <c>build.ps1 -Task Package</c> creates from the staged module. It is created once.</summary>
[CollectionDefinition(nameof(Package))]
public sealed class Package : IAsyncLifetime, ICollectionFixture<Package>
{
    /// <summary>The path of the package.</summary>
    public string File { get; private set; } = "";

    public async Task InitializeAsync()
    {
        // From another shell, several tasks are one argument.
        (await MakeAsync("Package,Package", Paths.Configuration)).Succeeded();
        File = Assert.Single(Directory.GetFiles(Path.Join(Paths.Root, "out/packages"), "*.nupkg"));
    }

    /// <summary>Runs build.ps1.</summary>
    internal static Task<PowerShellRun> MakeAsync(string tasks, string configuration) => PowerShellRun.StartAsync(
        $"& dotnet '{Paths.PowerShell}' -NoProfile -File '{Path.Join(Paths.Root, "build.ps1")}' -Task '{tasks}' -Configuration {configuration}\nexit $LASTEXITCODE");

    public Task DisposeAsync() => Task.CompletedTask;
}
