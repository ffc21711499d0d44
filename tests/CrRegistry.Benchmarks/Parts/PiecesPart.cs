using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CrRegistry.Benchmarks.Pieces;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The small pieces on the path of a tag, by BenchmarkDotNet.</summary>
internal sealed class PiecesPart : IPart
{
    public string Name => "pieces";

    public string Description => "signing a request, decoding a page of 100, the set of names";

    public Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        // In this process: the project that BenchmarkDotNet would make for a process of its own does not know this tree's rules.
        var config = ManualConfig.CreateEmpty()
            .WithArtifactsPath(Paths.Results)
            .AddLogger(NullLogger.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        foreach (var report in BenchmarkRunner.Run<TagPieces>(config).Reports)
        {
            var times = report.ResultStatistics ?? throw new InvalidOperationException($"'{report.BenchmarkCase.DisplayInfo}' gave no result.");
            var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
            bench.Results.Add(
                Name,
                $"{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')}, µs ({bytes:#,0} bytes allocated)",
                new Sample(times.Median / 1000, times.Min / 1000, times.Max / 1000),
                format: "0.0");
        }

        return Task.CompletedTask;
    }
}
