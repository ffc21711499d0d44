using System.Text.RegularExpressions;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The manifest of the module in the repository.</summary>
internal static partial class Manifest
{
    /// <summary>The names in CmdletsToExport.</summary>
    public static IReadOnlyList<string> Cmdlets { get; } =
        [.. Cmdlet().Matches(File.ReadAllText(Path.Combine(Paths.Repository, "CrRegistry.psd1"))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^\s*'([A-Z][a-z]+-Cr\w+)'", RegexOptions.Multiline)]
    private static partial Regex Cmdlet();
}
