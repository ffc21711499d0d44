using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CrRegistry.Benchmarks.Pieces;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The processing steps of a tag, measured by BenchmarkDotNet.</summary>
internal sealed class PiecesPart : IPart
{
    public string Name => "pieces";

    public string Description => "signing a request, decoding a page of 100, the set of names";

    public Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        // In this process, because the project that BenchmarkDotNet generates for a separate process does not match the build rules of this repository.
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
