using System.Diagnostics;

namespace CrRegistry.Shell.Tests.Support;

/// <summary>A script that ran in a PowerShell of its own, the one that the tool manifest pins.</summary>
internal sealed record PowerShellRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a script in an empty folder, with nothing of the profile and of credentials of the user.</summary>
    public static async Task<PowerShellRun> StartAsync(string script)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Join(folder.FullName, "script.ps1");
            await File.WriteAllTextAsync(file, $"$ErrorActionPreference = 'Stop'\n$ProgressPreference = 'SilentlyContinue'\nImport-Module '{Paths.Module}'\n{script}");
            var start = new ProcessStartInfo("dotnet", [Paths.PowerShell, "-NoProfile", "-NonInteractive", "-File", file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
                Environment = { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true" },
            };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new PowerShellRun(process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Returns what the script wrote, which must have succeeded without an error.</summary>
    public string Succeeded()
    {
        Assert.True((ExitCode, Error) == (0, ""), $"Exit code {ExitCode}.\n{Error}\n{Output}");
        return Output;
    }
}
