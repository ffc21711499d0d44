using System.Diagnostics;
using System.Globalization;
using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Floor;
using CrRegistry.Client;
using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Benchmarks;

/// <summary>The child process without PowerShell. It lists tags with the client or the minimal client, and prints the cost.</summary>
internal static class Worker
{
    public const string ClientCommand = "client";
    public const string FloorCommand = "floor";
    public const string InstanceId = "cri-benchmark";
    public const string KeyId = "test-id";
    public const string Secret = "test-secret";

    public static async Task<int> MeasureAsync(Func<Uri, Load, CancellationToken, Task<long>> list, Uri address, Load load, CancellationToken cancellationToken)
    {
        for (var round = 0; round < load.WarmUps; round++) await list(address, load.WarmUp, cancellationToken);
        var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var tags = await list(address, load, cancellationToken);
        watch.Stop();
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cost.Elapsed}: {watch.Elapsed.TotalMilliseconds}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cost.Cpu}: {(process.TotalProcessorTime - cpu).TotalMilliseconds}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cost.Peak}: {process.PeakWorkingSet64}"));
        return tags == (long)load.Tags * load.Repositories ? 0 : throw new InvalidOperationException($"{tags} tags came where there are {load.Tags} in each of {load.Repositories} repositories.");
    }

    public static Task<long> ListByClientAsync(Uri address, Load load, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var connection = new CrConnection(new CrConnectionOptions { Credential = new Credential(KeyId, Secret) });
            using var work = new OrderedJobQueue<string>(load.InFlight, cancellationToken);
            long tags = 0;
            foreach (var repoId in load.RepoIds)
            {
                while (work.IsFull && Take()) { }
                if (!RepositoryReference.TryParseId(repoId, out var repository)) throw new InvalidOperationException($"'{repoId}' is not an id.");
                var tagsOf = new Tags(new RepositoryScope(new InstanceScope(InstanceId, null), repository));
                foreach (var (_, job) in connection.List(address, tagsOf, RowRange.Range(0, null, null), new NameFilter<ImageTag>([], null))) work.Add(repoId, job);
            }

            while (Take()) { }
            return tags;

            bool Take()
            {
                if (work.Take(wait: true) is not { } next) return false;
                if (next.Failure is { } failure) throw failure;
                if (next.Message is Page<ImageTag> page) tags += page.Rows.Count;
                return true;
            }
        },
        cancellationToken);

    public static async Task<long> ListByFloorAsync(Uri address, Load load, CancellationToken cancellationToken)
    {
        using var floor = new FloorClient(address, load.InFlight);
        long tags = 0;
        foreach (var repoId in load.RepoIds) tags += await floor.ListAsync(repoId, cancellationToken);
        return tags;
    }
}
