using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CrRegistry.Emulator.Tests;

public sealed class EmulatorCommandTests
{
    [Fact]
    public async Task Prints_address_and_ends_with_exit_code_0()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        int exitCode = await EmulatorCommand.Create().Parse(["--tags", "3", "--order", "oldest"])
            .InvokeAsync(new InvocationConfiguration { Output = output }, end.Token);

        Assert.Equal(0, exitCode);
        string[] lines = output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(
            ["Address", "AccessKeyId", "AccessKeySecret", "RegionId", "InstanceId", "RepoId", "Repository"],
            lines[..7].Select(line => Regex.Match(line, "^(\\w+): .+$").Groups[1].Value));
        Assert.Equal(["", "# To connect, run this in PowerShell after Import-Module:"], lines[7..9]);
        Assert.StartsWith("Connect-CrRegistry -RegionId cn-shanghai -InstanceId cri-", Assert.Single(lines[9..]), StringComparison.Ordinal);
        Assert.StartsWith("Address: http://127.0.0.1:", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tags requires a whole number from 0 to 10000000, not '-1'.", "--tags", "-1")]
    [InlineData("--tags requires a whole number from 0 to 10000000, not 'x'.", "--tags", "x")]
    [InlineData("--port requires a whole number from 0 to 65535, not '65536'.", "--port", "65536")]
    [InlineData("--latency requires a whole number from 0 to 600000, not '-1'.", "--latency", "-1")]
    [InlineData("'unstable'", "--order", "random")]
    [InlineData("--throttle requires a whole number from 1 to 1000000, not '0'.", "--throttle", "0")]
    [InlineData("--throttle requires a whole number from 1 to 1000000, not 'fast'.", "--throttle", "fast")]
    [InlineData("--throttle requires a whole number from 1 to 1000000, not '1.5'.", "--throttle", "1.5")]
    [InlineData("--throttle requires a whole number from 1 to 1000000, not '99999999999'.", "--throttle", "99999999999")]
    [InlineData("--churn requires a number from 0 to 1, not '1.5'.", "--churn", "1.5")]
    [InlineData("--churn requires a number from 0 to 1, not 'NaN'.", "--churn", "NaN")]
    [InlineData("--churn requires a number from 0 to 1, not 'x'.", "--churn", "x")]
    [InlineData("--largest-page-size requires a whole number from 1 to 100, not '101'.", "--largest-page-size", "101")]
    [InlineData("--total-offset requires a whole number from -10000000 to 10000000, not '-10000001'.", "--total-offset", "-10000001")]
    [InlineData("'404' is not a failure of --fail-first. Specify one or more of: throttle, 429, 500, 502, 503, reset, cut, cut-text, html, redirect.", "--fail-first", "500,404")]
    [InlineData("'' is not a failure of --fail-first.", "--fail-first", "500,")]
    [InlineData("--fail-first", "--fail-first")]
    [InlineData("--bogus", "--bogus")]
    [InlineData("--seed cannot be used with --tags.", "--seed", "file", "--tags", "3")]
    [InlineData("no-such-file.json", "--seed", "no-such-file.json")]
    public async Task Explains_invalid_arguments_without_start(string explanation, params string[] arguments)
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
    public async Task Accepts_faults_on_command_line()
    {
        List<Answer> answers = [];

        await WhileRunningAsync(
            async caller =>
            {
                for (int i = 0; i < 3; i++)
                    answers.Add(await caller.ListRepoTagAsync());
                for (int i = 0; i < 3; i++)
                    answers.Add(await caller.ListRepoTagAsync(("PageNo", "2")));
            },
            "--tags", "50", "--fail-first", "429, 500", "--churn", "1", "--total-offset", "7", "--largest-page-size", "20");

        Assert.Equal(["Throttling", "SystemError", "success", "Throttling", "SystemError", "success"], answers.Select(answer => answer.Code));
        Assert.Equal((20, "57"), (answers[2].Tags.Length, (string)answers[2].Json["TotalCount"]!));
        Assert.Contains((string)answers[5].Json["TotalCount"]!, (string[])["56", "58"]);
    }

    [Fact]
    public async Task Accepts_rate_on_command_line() => await WhileRunningAsync(
        async caller =>
        {
            // On a slow computer it may take several attempts until two requests arrive within a second.
            string code = "success";
            for (int i = 0; i < 1000 && code == "success"; i++)
                code = (await caller.CallAsync("ListInstance")).Code;
            Assert.Equal("Throttling.User", code);
        },
        "--throttle", "1");

    [Fact]
    public async Task Reports_port_in_use()
    {
        await using EmulatorServer first = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var error = new StringWriter(CultureInfo.InvariantCulture);

        int exitCode = await EmulatorCommand.Create().Parse(["--port", $"{first.Address.Port}"])
            .InvokeAsync(new InvocationConfiguration { Error = error });

        Assert.Equal(1, exitCode);
        Assert.Contains($"{first.Address.Port}", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task WhileRunningAsync(Func<SignedCaller, Task> act, params string[] arguments)
    {
        using var output = new StartLines();
        using var end = new CancellationTokenSource();
        Task<int> running = EmulatorCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output }, end.Token);
        IReadOnlyDictionary<string, string> lines = await output.Lines.WaitAsync(TimeSpan.FromSeconds(60));
        try
        {
            await act(new SignedCaller(new Uri(lines["Address"]), lines["AccessKeyId"], lines["AccessKeySecret"], lines["InstanceId"], lines["RepoId"]));
        }
        finally
        {
            await end.CancelAsync();
        }

        Assert.Equal(0, await running);
    }

    /// <summary>Receives the output of an emulator when it has started.</summary>
    private sealed class StartLines() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _lines = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyDictionary<string, string>> Lines => _lines.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _lines.TrySetResult(ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Take(7).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]));
            return Task.CompletedTask;
        }
    }
}
