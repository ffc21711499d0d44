namespace CrRegistry.Emulator.Store;

/// <summary>The order in which a repository lists its tags. The service documents no order, so that a client must support each.</summary>
public enum TagOrder
{
    /// <summary>By update time, newest first. Tags without this time are last.</summary>
    Newest,

    /// <summary>By update time, oldest first. Tags without this time are first.</summary>
    Oldest,

    /// <summary>By name, ordinal.</summary>
    Name,

    /// <summary>A new random order for each request.</summary>
    Unstable,
}
