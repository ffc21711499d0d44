namespace CrRegistry;

/// <summary>
/// The mark that all tags of one listing share. The listing writes its end into it,
/// so that rows already handed on tell whether the list that they came from was whole.
/// </summary>
internal sealed class TagListingOrigin
{
    private volatile TagListingState _state = TagListingState.Running;

    public TagListingState State => _state;

    /// <summary>Writes how the listing ended. The first end stands.</summary>
    public void EndAs(TagListingState state)
    {
        if (_state == TagListingState.Running) _state = state;
    }
}
