namespace CrRegistry.Client.Listing;

/// <summary>The properties of rows that a listing needs.</summary>
/// <param name="Action">The operation that returns them.</param>
/// <param name="Noun">The rows, in the plural.</param>
/// <param name="Key">Returns the key, which is unique in a list unless <see cref="HasEqualRows"/>.</param>
/// <param name="Time">Returns a time that is later for a new row than for all existing ones; null if it is unknown.</param>
internal sealed record RowKind<TRow>(string Action, string Noun, Func<TRow, string> Key, Func<TRow, DateTime?> Time)
{
    /// <summary>True if no field identifies a row, so that a list may contain equal ones. The key is then all of its content.</summary>
    public bool HasEqualRows { get; init; }

    /// <summary>True if a list never changes. A row that a later reading lacks shows that another list has replaced it.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>Returns what else distinguishes two rows with the same key, for example a digest.</summary>
    public Func<TRow, string?> Content { get; init; } = static _ => null;

    /// <summary>Returns the noun for a number of rows.</summary>
    public string NounOf(long rows) => Requests.Noun.Of(Noun, rows);
}
