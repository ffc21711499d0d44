using CrRegistry.Emulator;
using CrRegistry.Shell.Tests.Documents;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Packaging;

/// <summary>A user installs the package with PSResourceGet, uses it, updates it and removes it, in a new PowerShell each time.</summary>
[Collection(nameof(Package))]
public sealed class InstallTests(Package package) : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();
    private readonly DirectoryInfo _gallery = Directory.CreateTempSubdirectory();

    public void Dispose()
    {
        _home.Delete(recursive: true);
        _gallery.Delete(recursive: true);
    }

    [Fact]
    public async Task Installs_lists_tags_updates_and_uninstalls()
    {
        await using var emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = null });
        File.Copy(package.File, Path.Join(_gallery.FullName, Path.GetFileName(package.File)));
        var version = Path.GetFileNameWithoutExtension(package.File)["CrRegistry.".Length..];

        Assert.Equal($"found {version}\n", await RunAsync(
            $$"""
            Register-PSResourceRepository -Name Local -Uri '{{_gallery.FullName}}' -Trusted
            $found = Find-PSResource -Name CrRegistry -Repository Local -Prerelease
            "found $($found.Version.ToString(3))-$($found.Prerelease)"
            Install-PSResource -Name CrRegistry -Repository Local -Prerelease
            """));

        var (number, prerelease) = (version.Split('-')[0], version.Split('-')[1]);
        await AssertUsableAsync(number, prerelease);

        // PSResourceGet 1.2.0 cannot update a preview to the next preview of the same version, but it can install it.
        await PublishAsync(number, "preview999");
        Assert.Equal("", await RunAsync("Install-PSResource -Name CrRegistry -Repository Local -Prerelease -Reinstall"));
        await AssertUsableAsync(number, "preview999");

        await PublishAsync("99.0.0", "preview1");
        Assert.Equal("", await RunAsync("Update-PSResource -Name CrRegistry -Repository Local -Prerelease"));
        await AssertUsableAsync("99.0.0", "preview1");

        Assert.Equal("0 left\n", await RunAsync(
            """
            Uninstall-PSResource -Name CrRegistry -Prerelease
            "$(@(Get-Module -ListAvailable -Name CrRegistry).Count + @(Get-InstalledPSResource -Name CrRegistry -ErrorAction Ignore).Count) left"
            """));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_home.FullName, ".local/share/powershell/Modules")));

        async Task AssertUsableAsync(string number, string prerelease) => Assert.Equal($"500 tags, {number}-{prerelease}\nTrue\n", await RunAsync(
            $$"""
            Import-Module -Name CrRegistry
            {{emulator.ConnectCommand}}
            $module = Get-Module -Name CrRegistry
            "$(@(Get-CrRepoTag team/app -All).Count) tags, $($module.Version)-$($module.PrivateData.PSData.Prerelease)"
            $module.ModuleBase.StartsWith('{{_home.FullName}}') -and (Get-Help Get-CrRepoTag).Synopsis.Length -gt 10
            """));

        // Other versions are the same module with a different number.
        async Task PublishAsync(string number, string prerelease) => Assert.Equal("", await RunAsync(
            $$"""
            $copy = Join-Path $PWD 'CrRegistry'
            Copy-Item -LiteralPath '{{Paths.Module}}' -Destination $copy -Recurse
            $manifest = Join-Path $copy 'CrRegistry.psd1'
            $text = (Get-Content -LiteralPath $manifest -Raw) -replace "(ModuleVersion\s*=\s*)'.*'", "`$1'{{number}}'" -replace "(Prerelease\s*=\s*)'.*'", "`$1'{{prerelease}}'"
            Set-Content -LiteralPath $manifest -Value $text
            Compress-PSResource -Path $copy -DestinationPath '{{_gallery.FullName}}'
            """));
    }

    [Fact]
    public async Task Runs_the_lines_of_the_README()
    {
        var blocks = Readme.Blocks(Readme.Section("Install and update"), "powershell");
        Assert.Equal(3, blocks.Count);
        Assert.Equal("1 1 0 0\n", await RunAsync(
            $$"""
            $null = New-Item -ItemType Directory -Path out
            Copy-Item -LiteralPath '{{Path.GetDirectoryName(package.File)}}' -Destination out -Recurse
            {{blocks[0]}}
            $installed = @(Get-InstalledPSResource -Name CrRegistry).Count
            {{blocks[1]}}
            $again = @(Get-InstalledPSResource -Name CrRegistry).Count
            {{blocks[2]}}
            $left = @(Get-InstalledPSResource -Name CrRegistry -ErrorAction Ignore).Count
            $registered = @(Get-PSResourceRepository -Name CrRegistry -ErrorAction Ignore).Count
            "$installed $again $left $registered"
            """));
    }

    private async Task<string> RunAsync(string script) => (await PowerShellRun.StartAsync(script, _home.FullName)).Succeeded();
}
