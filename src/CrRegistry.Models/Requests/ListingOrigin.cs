namespace CrRegistry.Requests;

/// <summary>
/// The origin that all tags of one listing share. The listing stores its final state in it,
/// so that tags that were already returned show if their list was complete.
/// </summary>
internal sealed class ListingOrigin
{
    private volatile ListingState _state = ListingState.Running;

    public ListingState State => _state;

    /// <summary>Stores the final state of the listing. Only the first call has an effect.</summary>
    public void EndAs(ListingState state)
    {
        if (_state == ListingState.Running) _state = state;
    }
}
