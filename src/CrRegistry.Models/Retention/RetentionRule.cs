namespace CrRegistry.Retention;

/// <summary>
/// Decides which tags of a repository are stale. A tag is stale only if each specified condition is true, and if nothing keeps it.
/// At least one of the two conditions must be specified.
/// </summary>
internal sealed class RetentionRule
{
    /// <summary>The number of newest tags that are not stale; null if the condition is not specified. More are kept if the last ones have the same time.</summary>
    public int? KeepLatest { get; init; }

    /// <summary>The instant, in UTC, from which on tags are not stale; null if the condition is not specified.</summary>
    public DateTime? OlderThan { get; init; }

    /// <summary>The tags that are kept by their names.</summary>
    public IReadOnlyList<ProtectedTags> Protect { get; init; } = [];

    /// <summary>The images that are kept because they are in use; null if that is not considered.</summary>
    public ImagesInUse? InUse { get; init; }

    /// <summary>Evaluates the tags of one repository.</summary>
    /// <param name="tags">All tags of the repository, in any order.</param>
    /// <exception cref="InvalidOperationException">No condition is specified. Every tag would be stale.</exception>
    public RetentionResult Evaluate(IReadOnlyList<ImageTag> tags) => KeepLatest is null && OlderThan is null
        ? throw new InvalidOperationException("The rule has no condition.")
        : RetentionEvaluation.Run(this, tags);
}
