namespace CrRegistry.Requests;

/// <summary>The rows that are requested by name.</summary>
/// <param name="ExactNames">The exact names or IDs. One that does not exist is reported.</param>
/// <param name="Matches">A function that returns true for a row that matches a wildcard; null without a wildcard. A wildcard without a match is not reported.</param>
internal sealed record NameFilter<TRow>(IReadOnlyCollection<string> ExactNames, Func<TRow, bool>? Matches)
{
    /// <summary>True if no name and no wildcard is specified.</summary>
    public bool IsEmpty => ExactNames.Count == 0 && Matches is null;
}
