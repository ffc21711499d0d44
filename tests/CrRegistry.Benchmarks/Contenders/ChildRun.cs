using System.Diagnostics;
using System.Globalization;

namespace CrRegistry.Benchmarks.Contenders;

/// <summary>Runs a process, and reads the numbers that it prints, one <c>Name: number</c> for each line.</summary>
internal static class ChildRun
{
    public static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(ProcessStartInfo start, string? input, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = input is not null;
        // The process uses only the loopback address, and the engine sends no telemetry.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
        foreach (var proxy in new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" })
        {
            start.Environment.Remove(proxy);
            start.Environment.Remove(proxy.ToLowerInvariant());
        }

        using var process = Process.Start(start)!;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }

        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{start.FileName}' ended with {process.ExitCode}: {output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(": "))
            .ToDictionary(line => line[0], line => double.Parse(line[1], CultureInfo.InvariantCulture));
    }
}
