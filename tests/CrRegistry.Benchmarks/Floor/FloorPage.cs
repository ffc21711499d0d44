namespace CrRegistry.Benchmarks.Floor;

/// <summary>The fields of a ListRepoTag reply that the minimal client reads.</summary>
internal sealed class FloorPage
{
    public int TotalCount { get; set; }

    public FloorRow[] Images { get; set; } = [];
}
