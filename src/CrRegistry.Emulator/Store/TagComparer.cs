namespace CrRegistry.Emulator.Store;

/// <summary>The total order of a <see cref="TagOrder"/>. Tags with equal times are ordered by their names, which are unique.</summary>
internal sealed class TagComparer(TagOrder order) : IComparer<RegistryTag>
{
    public int Compare(RegistryTag? x, RegistryTag? y) => order switch
    {
        TagOrder.Name => ByName(x!, y!),
        TagOrder.Oldest => ByTime(x!, y!),
        _ => ByTime(y!, x!),
    };

    // Null is less than every time, so that a tag that was never updated is the oldest.
    private static int ByTime(RegistryTag x, RegistryTag y)
    {
        int byTime = Nullable.Compare(x.ImageUpdate, y.ImageUpdate);
        return byTime != 0 ? byTime : ByName(x, y);
    }

    private static int ByName(RegistryTag x, RegistryTag y) => string.CompareOrdinal(x.Tag, y.Tag);
}
