using System.CommandLine;
using System.Globalization;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Seeding;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator;

/// <summary>The command line: starts an emulator, says where it is, and runs it until the process is told to end.</summary>
internal static class EmulatorCommand
{
    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0, the default, takes a free one." };
        var tags = new Option<int?>("--tags") { Description = "One repository, team/app, of so many tags: v0 (the newest), v1, … Without --tags and --seed there is a sample registry.", HelpName = "n" };
        var seed = new Option<string?>("--seed") { Description = "A file that Get-CrRepoTag -All | ConvertTo-Json wrote, instead of the sample registry.", HelpName = "file" };
        var latency = new Option<int>("--latency") { Description = "How long each reply is held, in milliseconds." };
        var order = new Option<TagOrder>("--order") { Description = "The order of the tags: newest, oldest, name or unstable." };
        order.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<TagOrder>().Select(name => name.ToLowerInvariant())]);
        var throttle = new Option<int?>("--throttle") { Description = "How many requests are let through in a second; the others are throttled.", HelpName = "n" };
        Option<Fault[]> failFirst = FaultOption.Create();
        var churn = new Option<double>("--churn") { Description = "How likely a tag is pushed or deleted after each page of tags was read: 0.05 is one time in twenty.", HelpName = "0–1" };
        var totalOffset = new Option<int>("--total-offset") { Description = "How much the TotalCount of lists of tags is too high; below zero, too low.", HelpName = "n" };
        var largestPageSize = new Option<int>("--largest-page-size") { Description = "The most rows that a page has, whatever PageSize asks for.", HelpName = "n", DefaultValueFactory = _ => Paging.LargestPageSize };
        RefuseOutside(port, 0, ushort.MaxValue);
        RefuseOutside(tags, 0, 10_000_000);
        RefuseOutside(latency, 0, 600_000);
        RefuseOutside(throttle, 1, 1_000_000);
        RefuseOutside(churn, 0, 1);
        RefuseOutside(totalOffset, -10_000_000, 10_000_000);
        RefuseOutside(largestPageSize, 1, Paging.LargestPageSize);

        var command = new RootCommand("A local service that answers as the API of Container Registry does, for rehearsals and tests.")
        {
            port, tags, seed, latency, order, throttle, failFirst, churn, totalOffset, largestPageSize,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seed) is { Implicit: false } && result.GetResult(tags) is { Implicit: false })
                result.AddError("--seed brings its own tags: give it or --tags, not both.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new EmulatorOptions
            {
                Port = parsed.GetValue(port),
                TagCount = parsed.GetValue(tags),
                SeedFile = parsed.GetValue(seed),
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                Order = parsed.GetValue(order),
                RequestsPerSecond = parsed.GetValue(throttle),
                FirstTries = parsed.GetValue(failFirst)!,
                Churn = parsed.GetValue(churn),
                TotalOffset = parsed.GetValue(totalOffset),
                LargestPageSize = parsed.GetValue(largestPageSize),
            },
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static void RefuseOutside(Option option, int smallest, int largest) => option.Validators.Add(result =>
    {
        // What is no number at all has its own message.
        if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out double number) && !(number >= smallest && number <= largest))
            result.AddError($"{option.Name} must be from {smallest} to {largest}.");
    });

    private static async Task<int> RunAsync(EmulatorOptions options, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            await using EmulatorServer server = await EmulatorServer.StartAsync(options, cancellationToken);
            await console.Output.WriteLineAsync(
                $"""
                Address: {server.Address}
                AccessKeyId: {server.AccessKeyId}
                AccessKeySecret: {server.AccessKeySecret}
                RegionId: {server.RegionId}
                InstanceId: {server.InstanceId}
                RepoId: {server.RepoId}
                Repository: {server.Repository}

                # To connect, run this in PowerShell after Import-Module:
                {server.ConnectCommand}
                """);
            await console.Output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C or SIGTERM: the ordinary end.
        }
        catch (Exception reason) when (reason is SeedFileException or IOException)
        {
            await console.Error.WriteLineAsync(reason.Message);
            return 1;
        }

        return 0;
    }
}
