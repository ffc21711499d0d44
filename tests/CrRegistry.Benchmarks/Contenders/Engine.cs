using System.Diagnostics;
using System.Globalization;

namespace CrRegistry.Benchmarks.Contenders;

/// <summary>A PowerShell engine in a process without any other code, as in the tests of the module's loading.</summary>
internal static class Engine
{
    /// <summary>Runs a script, which prints its measurements.</summary>
    public static Contender Running(string name, Func<Load, string> script) => new(name, _ => new ProcessStartInfo("dotnet", [Paths.BareHost]), script);

    /// <summary>The module, imported and connected.</summary>
    public static string Connect(Uri address, int throttleLimit) =>
        $$"""
        $ErrorActionPreference = 'Stop'
        Import-Module '{{Paths.Staging}}'
        $secret = [securestring]::new()
        foreach ($character in '{{Worker.Secret}}'.ToCharArray()) { $secret.AppendChar($character) }
        $credential = [pscredential]::new('{{Worker.KeyId}}', $secret)
        Connect-CrRegistry cn-shanghai {{Worker.InstanceId}} -Endpoint {{address}} -Credential $credential{{(throttleLimit == Load.DefaultInFlight ? "" : string.Create(CultureInfo.InvariantCulture, $" -ThrottleLimit {throttleLimit}"))}}

        """;

    /// <summary>A statement, with its time, its processor time, and the peak of the process.</summary>
    public static string Measure(string statement) =>
        $$"""
        $me = [System.Diagnostics.Process]::GetCurrentProcess()
        $before = $me.TotalProcessorTime
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        {{statement}}
        $watch.Stop()
        $me.Refresh()
        "{{Cost.Elapsed}}: $($watch.Elapsed.TotalMilliseconds)"
        "{{Cost.Cpu}}: $(($me.TotalProcessorTime - $before).TotalMilliseconds)"
        "{{Cost.Peak}}: $($me.PeakWorkingSet64)"

        """;

    /// <summary>Returns an array of words in PowerShell syntax.</summary>
    public static string Words(IEnumerable<string> words) => "@(" + string.Join(",", words.Select(word => $"'{word}'")) + ")";
}
