namespace CrRegistry.Requests;

/// <summary>How far a listing of tags got.</summary>
internal enum ListingState
{
    /// <summary>It has not ended yet.</summary>
    Running,

    /// <summary>Every tag of the repository was read.</summary>
    Whole,

    /// <summary>A part was asked for (the first page, one page, -First, -Skip, single names), or the reader stopped early.</summary>
    Part,

    /// <summary>It ended with an error after some of its tags were handed on.</summary>
    Failed,
}
