namespace CrRegistry.Client.Listing;

/// <summary>What a listing has to know of the rows that it lists.</summary>
/// <param name="Action">The operation that gives them.</param>
/// <param name="Noun">What they are called, many of them.</param>
/// <param name="Key">What no two rows of a list share.</param>
/// <param name="Time">A time that a new row has later than all that were there before; null where it is not known.</param>
internal sealed record RowKind<TRow>(string Action, string Noun, Func<TRow, string> Key, Func<TRow, DateTime?> Time)
{
    /// <summary>What else tells two rows with the same key apart, for example a digest.</summary>
    public Func<TRow, string?> Content { get; init; } = static _ => null;
}
