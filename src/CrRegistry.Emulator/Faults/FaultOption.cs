using System.CommandLine;
using System.CommandLine.Parsing;

namespace CrRegistry.Emulator.Faults;

/// <summary>The option <c>--fail-first</c>, which specifies faults by name.</summary>
internal static class FaultOption
{
    private static readonly Dictionary<string, Fault> s_faults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["throttle"] = new(FaultKind.Throttling, TimeSpan.FromMilliseconds(500)),
        ["429"] = new(FaultKind.TooManyRequests),
        ["500"] = new(FaultKind.SystemError),
        ["502"] = new(FaultKind.BadGateway),
        ["503"] = new(FaultKind.ServiceUnavailable),
        ["reset"] = new(FaultKind.Reset),
        ["cut"] = new(FaultKind.CutBody),
        ["cut-text"] = new(FaultKind.CutText),
        ["html"] = new(FaultKind.Portal),
        ["redirect"] = new(FaultKind.Redirect),
    };

    private static readonly string s_names = string.Join(", ", s_faults.Keys);

    public static Option<Fault[]> Create() => new("--fail-first")
    {
        Description = $"The failures of the first attempts of each call, in order; each page is a separate call. One or more of {s_names}, separated by commas.",
        HelpName = "faults",
        DefaultValueFactory = _ => [],
        CustomParser = Parse,
    };

    private static Fault[]? Parse(ArgumentResult argument)
    {
        string[] names = argument.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
        if (Array.Find(names, name => !s_faults.ContainsKey(name)) is { } unknown)
        {
            argument.AddError($"'{unknown}' is not a failure of --fail-first. Specify one or more of: {s_names}.");
            return null;
        }

        return [.. names.Select(name => s_faults[name])];
    }
}
