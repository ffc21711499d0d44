using System.Diagnostics;
using CrRegistry.Benchmarks.Serving;

namespace CrRegistry.Benchmarks.Contenders;

/// <summary>The official V3 client from the npm registry, which reads one page after another. It is installed outside the repository if npm is available.</summary>
internal sealed class OfficialClient(ServerProcess server) : IDisposable
{
    private const string Package = "@alicloud/openapi-core@1.0.8";
    private const string Script = "walk.mjs";

    private DirectoryInfo? _folder;

    public Contender Contender => new("official client", load => new ProcessStartInfo("node", [Path.Join(_folder!.FullName, Script), server.Address.ToString(), .. load.ToArguments()]));

    /// <summary>Installs the client at the first call.</summary>
    /// <returns>The reason why it cannot be installed, or null.</returns>
    public async Task<string?> InstallAsync(CancellationToken cancellationToken)
    {
        if (_folder is not null) return null;
        var folder = Directory.CreateTempSubdirectory("crregistry-benchmarks-");
        // Node searches for packages beside the script.
        File.Copy(Path.Join(AppContext.BaseDirectory, "Contenders", Script), Path.Join(folder.FullName, Script));
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-save", "--no-package-lock", "--silent", "--no-fund", "--no-audit", Package]) { WorkingDirectory = folder.FullName })!;
            await npm.WaitForExitAsync(cancellationToken);
            _folder = folder;
            return npm.ExitCode == 0 ? null : $"npm could not install '{Package}'";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            folder.Delete(recursive: true);
            return "npm is not installed";
        }
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
