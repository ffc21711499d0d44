using System.Diagnostics;

namespace CrRegistry.Module.Tests.Support;

/// <summary>A script in a process that contains only the engine.</summary>
internal sealed record BareHostRun(int ExitCode, string Output)
{
    public static async Task<BareHostRun> OfAsync(string script, params (string Name, string Value)[] environment)
    {
        // Without files of the user's home folder.
        var home = Directory.CreateTempSubdirectory();
        try
        {
            var start = new ProcessStartInfo("dotnet", [Paths.BareHost])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["HOME"] = home.FullName, ["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true" },
            };
            foreach (var (name, value) in environment) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync(script);
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new BareHostRun(process.ExitCode, output.Trim());
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
