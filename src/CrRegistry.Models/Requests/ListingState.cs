namespace CrRegistry.Requests;

/// <summary>The state of a listing of tags.</summary>
internal enum ListingState
{
    /// <summary>The listing has not ended yet.</summary>
    Running,

    /// <summary>Every tag of the repository was returned.</summary>
    Whole,

    /// <summary>A part was requested (the first page, one page, -First, -Skip, names, wildcards), or the reader stopped early.</summary>
    Part,

    /// <summary>The listing ended with an error after some of its tags were returned.</summary>
    Failed,
}
