namespace CrRegistry.Emulator.Store;

/// <summary>The order in which a repository lists its tags. The service documents no order, so that a client must support each.</summary>
public enum TagOrder
{
    /// <summary>By time of update, the newest first; tags without such a time come last.</summary>
    Newest,

    /// <summary>By time of update, the oldest first; tags without such a time come first.</summary>
    Oldest,

    /// <summary>By name, ordinal.</summary>
    Name,

    /// <summary>A new random order for each request.</summary>
    Unstable,
}
