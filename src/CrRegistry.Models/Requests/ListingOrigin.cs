namespace CrRegistry.Requests;

/// <summary>
/// The mark that all tags of one listing share. The listing writes its end into it,
/// so that rows already handed on tell whether the list that they came from was whole.
/// </summary>
internal sealed class ListingOrigin
{
    private volatile ListingState _state = ListingState.Running;

    public ListingState State => _state;

    /// <summary>Writes how the listing ended. The first end stands.</summary>
    public void EndAs(ListingState state)
    {
        if (_state == ListingState.Running) _state = state;
    }
}
