namespace CrRegistry.Requests;

/// <summary>The state of a tag when it was listed, which must be its state when it is removed.</summary>
/// <param name="Digest">The digest, without its algorithm; null if the service returned none.</param>
/// <param name="ImageUpdate">The time of the last update; null if the input does not contain it.</param>
internal sealed record ListedTag(string? Digest, DateTime? ImageUpdate)
{
    /// <summary>True if ImageUpdate is local time without an offset and without fractions of a second, as Export-Csv writes it.</summary>
    public bool IsLocalText { get; init; }

    /// <summary>True if a tag still has this state.</summary>
    public bool IsStateOf(ImageTag tag) =>
        string.Equals(Digest, tag.Digest, StringComparison.OrdinalIgnoreCase) && (ImageUpdate is not { } time || IsSameTime(time, tag.ImageUpdate));

    /// <summary>True if both times are equal. Local time is ambiguous when clocks are set back, so that text is compared as text.</summary>
    private bool IsSameTime(DateTime listed, DateTime? current) => current is { } time && (IsLocalText
        ? listed.ToString("s", System.Globalization.CultureInfo.InvariantCulture) == time.ToString("s", System.Globalization.CultureInfo.InvariantCulture)
        : listed.ToUniversalTime() == time.ToUniversalTime());
}
