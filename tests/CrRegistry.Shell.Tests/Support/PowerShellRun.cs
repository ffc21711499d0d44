using System.Diagnostics;

namespace CrRegistry.Shell.Tests.Support;

/// <summary>A script that ran in a separate PowerShell of the version in the tool manifest.</summary>
internal sealed record PowerShellRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a script in an empty folder, with the staged module and without the profile of the user.</summary>
    public static Task<PowerShellRun> WithModuleAsync(string script) => StartAsync($"Import-Module '{Paths.Module}'\n{script}");

    /// <summary>Runs a script in an empty folder, without the profile of the user.</summary>
    /// <param name="script">The script.</param>
    /// <param name="home">The home folder; null for that of the user.</param>
    public static async Task<PowerShellRun> StartAsync(string script, string? home = null)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Join(folder.FullName, "script.ps1");
            await File.WriteAllTextAsync(file, $"$ErrorActionPreference = 'Stop'\n$ProgressPreference = 'SilentlyContinue'\n{script}");
            var start = new ProcessStartInfo("dotnet", [Paths.PowerShell, "-NoProfile", "-NonInteractive", "-File", file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
                Environment = { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true" },
            };
            if (home is not null)
            {
                foreach (var variable in (string[])["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PSModulePath"]) start.Environment.Remove(variable);
                foreach (var variable in (string[])["HOME", "USERPROFILE", "LOCALAPPDATA"]) start.Environment[variable] = home;
            }

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

    /// <summary>Returns the output of the script, which must have succeeded without an error.</summary>
    public string Succeeded()
    {
        Assert.True((ExitCode, Error) == (0, ""), $"Exit code {ExitCode}.\n{Error}\n{Output}");
        return Output;
    }
}
