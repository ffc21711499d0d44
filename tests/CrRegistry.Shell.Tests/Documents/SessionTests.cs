using System.Text.RegularExpressions;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Documents;

/// <summary>The session in the README equals the output of the quickstart.</summary>
public sealed partial class SessionTests
{
    [Fact]
    public async Task Session_of_the_README_is_the_tour()
    {
        using var terminal = new Terminal("dotnet", Paths.Quickstart);
        Assert.Equal(0, await terminal.WaitForExitAsync());
        var tour = terminal.Text.ReplaceLineEndings("\n").Split("\nNext: ")[0];
        var session = Assert.Single(Readme.Blocks(Readme.Section("A session"), "text"));
        Assert.Equal(Words(tour), Words(session));
    }

    // Lines wrap at the width of a terminal. Ports, request IDs, dates of nightly builds and their digests differ each day.
    private static string[] Words(string text) => Changing().Replace(text, "*").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"127\.0\.0\.1:\d+|[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}|\bnightly-\d{8}\b|\b[0-9a-f]{12}\b")]
    private static partial Regex Changing();
}
