namespace CrRegistry.Retention;

/// <summary>The tags that a pattern protects.</summary>
/// <param name="Pattern">The pattern as the user wrote it.</param>
/// <param name="Matches">Returns true for the name of a tag that matches.</param>
internal sealed record ProtectedTags(string Pattern, Func<string, bool> Matches)
{
    /// <summary>True if a tag has matched. A pattern without a match may be a typing error.</summary>
    public bool HasMatched { get; set; }
}
