using CrRegistry.Cmdlets.Base;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>
/// An input of a list cmdlet. Its messages arrive when the parameters may already contain the next input, which may have
/// other filters.
/// </summary>
/// <param name="Name">The name by which the user specifies the input.</param>
/// <param name="IsChosenByName">True if rows are filtered by name. TotalCount does not count them, and no row is missing.</param>
internal sealed record ListInput(string Name, bool IsChosenByName) : JobInput(Name)
{
    public override string ToString() => Name;
}
