using System.CommandLine;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Seeding;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator;

/// <summary>The command line. It starts an emulator, prints its address and AccessKey, and runs it until the process ends.</summary>
internal static class EmulatorCommand
{
    public static RootCommand Create()
    {
        Option<int?> port = NumberOption.Create("--port", 0, ushort.MaxValue, "The port on 127.0.0.1. If it is 0 or omitted, a free port is used.");
        Option<int?> tags = NumberOption.CreateTags();
        var seed = new Option<string?>("--seed") { Description = "A file that Get-CrRepoTag -All | ConvertTo-Json created. Its tags replace the sample registry. Cannot be used with --tags.", HelpName = "file" };
        Option<int?> latency = NumberOption.Create("--latency", 0, 600_000, "The time that each reply takes, in milliseconds.");
        var order = new Option<TagOrder>("--order") { Description = "The order of the tags. The default is 'newest'." };
        order.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<TagOrder>().Select(name => name.ToLowerInvariant())]);
        Option<int?> throttle = NumberOption.Create("--throttle", 1, 1_000_000, "The number of requests that are accepted per second. The others are rejected with 'Throttling.User'.");
        Option<Fault[]> failFirst = FaultOption.Create();
        Option<double?> churn = NumberOption.Create("--churn", 0.0, 1.0, "The probability, from 0 to 1, that a tag is pushed or deleted after each page of tags is read.");
        Option<int?> totalOffset = NumberOption.Create("--total-offset", -10_000_000, 10_000_000, "A number that is added to TotalCount in lists of tags. It may be negative.");
        Option<int?> largestPageSize = NumberOption.Create("--largest-page-size", 1, Paging.LargestPageSize, $"The largest number of rows of a page. A larger PageSize is reduced to it. The default is {Paging.LargestPageSize}.");

        var command = new RootCommand("A local service that replies like the API of Container Registry, for trials and tests.")
        {
            port, tags, seed, latency, order, throttle, failFirst, churn, totalOffset, largestPageSize,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seed) is { Implicit: false } && result.GetResult(tags) is { Implicit: false })
                result.AddError("--seed cannot be used with --tags.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new EmulatorOptions
            {
                Port = parsed.GetValue(port) ?? 0,
                TagCount = parsed.GetValue(tags),
                SeedFile = parsed.GetValue(seed),
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency) ?? 0),
                Order = parsed.GetValue(order),
                RequestsPerSecond = parsed.GetValue(throttle),
                FirstTries = parsed.GetValue(failFirst)!,
                Churn = parsed.GetValue(churn) ?? 0,
                TotalOffset = parsed.GetValue(totalOffset) ?? 0,
                LargestPageSize = parsed.GetValue(largestPageSize) ?? Paging.LargestPageSize,
            },
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

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
            // Ctrl+C and SIGTERM end the emulator without an error.
        }
        catch (Exception reason) when (reason is SeedFileException or IOException)
        {
            await console.Error.WriteLineAsync(reason.Message);
            return 1;
        }

        return 0;
    }
}
