namespace CrRegistry.Benchmarks.Floor;

/// <summary>A reply of ListRepoTag, as far as the floor reads it.</summary>
internal sealed class FloorPage
{
    public int TotalCount { get; set; }

    public FloorRow[] Images { get; set; } = [];
}
