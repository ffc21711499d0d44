namespace CrRegistry.Completers;

/// <summary>A value that a completer may offer.</summary>
/// <param name="Text">The text in the list of values.</param>
internal sealed record Suggestion(string Text)
{
    /// <summary>The argument, before it is quoted.</summary>
    public string Value { get; init; } = Text;

    /// <summary>Another name, by which users may type the value.</summary>
    public string? Alias { get; init; }

    /// <summary>The description.</summary>
    public string? ToolTip { get; init; }
}
