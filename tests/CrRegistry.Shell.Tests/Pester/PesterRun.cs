using System.Diagnostics;
using System.Xml.Linq;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Pester;

/// <summary>One run of the Pester suite in the PowerShell version of the tool manifest.</summary>
internal sealed class PesterRun
{
    private static readonly Lazy<PesterRun> s_suite = new(() => new PesterRun([]));

    /// <summary>Runs the suite, or the files of a folder, and reads its results.</summary>
    public PesterRun(string[] arguments)
    {
        var results = Path.GetTempFileName();
        var start = new ProcessStartInfo("dotnet", [Paths.PowerShell, "-NoProfile", "-NonInteractive", "-File", Path.Join(Paths.Root, "tests/Pester/Invoke-Tests.ps1"), "-ResultFile", results, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1" },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        Output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Succeeded = process.ExitCode == 0;
        // The script ends without results if it cannot run the tests.
        Tests = new FileInfo(results).Length == 0 ? [] : [.. XDocument.Load(results).Descendants("testcase").Select(Read)];
        File.Delete(results);
    }

    /// <summary>The run of the complete suite, which runs once.</summary>
    public static PesterRun Suite => s_suite.Value;

    /// <summary>True if the script ended with exit code 0.</summary>
    public bool Succeeded { get; }

    /// <summary>The output of the script.</summary>
    public string Output { get; }

    /// <summary>The result of each test, in the order in which they ran.</summary>
    public IReadOnlyList<PesterTest> Tests { get; }

    private static PesterTest Read(XElement test)
    {
        var file = Path.GetFileName((string)test.Attribute("classname")!).Replace(".Tests.ps1", "", StringComparison.Ordinal);
        var status = (string)test.Attribute("status")!;
        // A failure, an error (of an unreadable file), or the message of a skipped test. A skipped test fails, because this PowerShell can run all tests.
        var reason = test.Elements().FirstOrDefault();
        return new PesterTest($"{file}: {(string)test.Attribute("name")!}", status == "Passed" ? null : $"{status}. {(string?)reason?.Attribute("message")}\n{reason?.Value}");
    }
}
