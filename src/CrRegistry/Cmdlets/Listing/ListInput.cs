namespace CrRegistry.Cmdlets.Listing;

/// <summary>
/// One input of a list cmdlet. Its messages arrive when the parameters may already hold the next input, which may differ:
/// a piped row has a tag, or has none.
/// </summary>
/// <param name="Name">The name that the user knows the input by.</param>
/// <param name="IsChosenByName">True if rows are filtered by name. TotalCount does not count them, and no row is missing.</param>
internal sealed record ListInput(string Name, bool IsChosenByName)
{
    public override string ToString() => Name;
}
