using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The time before the first tag: the import compared with that of an empty module, and the first call compared with the second. Each is a new process.</summary>
internal sealed class ImportPart : IPart
{
    private const int Rounds = 15;
    private const string Second = "Second";

    private static readonly Load s_load = new(30);

    public string Name => "import";

    public string Description => "Import-Module above an empty binary module, and the first call above the second";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var module = Engine.Running("import of CrRegistry", _ => Engine.Measure($"Import-Module '{Paths.Staging}'"));
        var empty = Engine.Running("import of an empty module", _ => Engine.Measure($"Import-Module '{Paths.EmptyModule}'"));
        var bare = Engine.Running("import of its assembly alone", _ => Engine.Measure($"Import-Module '{Path.ChangeExtension(Paths.EmptyModule, ".dll")}'"));
        var calls = Engine.Running("first and second call", load =>
        {
            var call = $"Get-CrRepoTag -RepoId {load.RepoIds.Single()} | Out-Null";
            return Engine.Connect(bench.Server.Address, load.InFlight) + Engine.Measure(call)
                + $$"""
                $watch.Restart()
                {{call}}
                "{{Second}}: $($watch.Elapsed.TotalMilliseconds)"
                """;
        });
        // Reads the files once, so that they are in the cache of the operating system.
        foreach (var contender in new[] { module, empty, bare, calls }) await bench.RunAsync(contender, s_load, cancellationToken);
        var costs = await bench.CompareAsync(s_load, Rounds, [module, empty, bare, calls], cancellationToken);
        bench.Results.Add(Name, "import of an empty module with a manifest, ms", Sample.Of(costs[empty.Name].Select(cost => cost.Milliseconds)), format: "0");
        bench.Results.Add(Name, "import of CrRegistry above it, ms", Sample.Of(costs[module.Name], costs[empty.Name], (one, other) => one.Milliseconds - other.Milliseconds), Target.AtMost(60), "0");
        // The time in which the engine reads a manifest, which every installed module has.
        bench.Results.Add(Name, "import of the empty assembly without a manifest, ms", Sample.Of(costs[bare.Name].Select(cost => cost.Milliseconds)), format: "0");
        bench.Results.Add(Name, "import of CrRegistry above that, ms", Sample.Of(costs[module.Name], costs[bare.Name], (one, other) => one.Milliseconds - other.Milliseconds), format: "0");
        bench.Results.Add(Name, "second call, ms", Sample.Of(costs[calls.Name].Select(cost => cost.Values[Second])), format: "0");
        bench.Results.Add(Name, "first call above the second, ms", Sample.Of(costs[calls.Name].Select(cost => cost.Milliseconds - cost.Values[Second])), Target.AtMost(250), "0");
    }
}
