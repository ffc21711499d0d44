namespace CrRegistry.Requests;

/// <summary>
/// The origin that all tags of one listing share. The listing stores its final state in it,
/// so that tags that were already returned show whether their list was complete.
/// </summary>
internal sealed class ListingOrigin
{
    private volatile ListingState _state = ListingState.Running;

    public ListingState State => _state;

    /// <summary>The number of tags that a whole listing returned; 0 otherwise.</summary>
    public long Rows { get; private set; }

    /// <summary>Stores the final state of the listing. Only the first call has an effect.</summary>
    /// <param name="state">The state.</param>
    /// <param name="rows">The number of tags that were returned.</param>
    public void EndAs(ListingState state, long rows)
    {
        if (_state != ListingState.Running) return;
        if (state == ListingState.Whole) Rows = rows;
        _state = state;
    }
}
