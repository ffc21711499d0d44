using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using CrRegistry.Emulator;

namespace CrRegistry.Client.Tests.Emulator;

public sealed class EmulatorCommandTests
{
    [Fact]
    public async Task It_says_where_it_is_and_ends_with_zero_when_told_to()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        int exitCode = await EmulatorCommand.Create().Parse(["--tags", "3", "--order", "oldest"])
            .InvokeAsync(new InvocationConfiguration { Output = output }, end.Token);

        Assert.Equal(0, exitCode);
        string[] lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(
            ["Address", "AccessKeyId", "AccessKeySecret", "RegionId", "InstanceId", "RepoId", "Repository"],
            lines.Select(line => Regex.Match(line, "^(\\w+): .+$").Groups[1].Value));
        Assert.StartsWith("Address: http://127.0.0.1:", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tags must be from 0", "--tags", "-1")]
    [InlineData("'x'", "--tags", "x")]
    [InlineData("--port must be from 0 to 65535", "--port", "65536")]
    [InlineData("--latency must be from 0", "--latency", "-1")]
    [InlineData("'unstable'", "--order", "random")]
    [InlineData("--bogus", "--bogus")]
    [InlineData("not both", "--seed", "file", "--tags", "3")]
    [InlineData("no-such-file.json", "--seed", "no-such-file.json")]
    public async Task Bad_arguments_are_explained_and_nothing_starts(string explanation, params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        int exitCode = await EmulatorCommand.Create().Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, end.Token);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(explanation, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Address:", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var error = new StringWriter(CultureInfo.InvariantCulture);

        int exitCode = await EmulatorCommand.Create().Parse(["--port", $"{first.Address.Port}"])
            .InvokeAsync(new InvocationConfiguration { Error = error });

        Assert.Equal(1, exitCode);
        Assert.Contains($"{first.Address.Port}", error.ToString(), StringComparison.Ordinal);
    }
}
