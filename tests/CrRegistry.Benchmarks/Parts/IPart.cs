namespace CrRegistry.Benchmarks.Parts;

/// <summary>A part of the benchmark that can be run by its name.</summary>
internal interface IPart
{
    string Name { get; }

    string Description { get; }

    Task RunAsync(Bench bench, CancellationToken cancellationToken);
}
