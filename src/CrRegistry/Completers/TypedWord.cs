using System.Management.Automation;
using System.Management.Automation.Language;

namespace CrRegistry.Completers;

/// <summary>The word that is completed. PowerShell passes it with the quotes that the user typed, and adds a missing closing quote.</summary>
internal sealed class TypedWord
{
    private const char DoubleQuote = '"';

    /// <summary>The characters with a meaning in double quotes. PowerShell also accepts typographic quotes.</summary>
    private const string SpecialInDoubleQuotes = "`$\"\u201c\u201d\u201e";

    private readonly char? _quote;
    private readonly WildcardPattern _pattern;

    public TypedWord(string? word)
    {
        Text = word ?? string.Empty;
        if (Text.Length > 0 && Text[0] is '\'' or DoubleQuote)
        {
            _quote = Text[0];
            Text = Text.Substring(1, Text.Length - (Text.Length > 1 && Text[Text.Length - 1] == _quote ? 2 : 1));
        }

        _pattern = new WildcardPattern(Text + "*", WildcardOptions.IgnoreCase);
    }

    /// <summary>The word without quotes.</summary>
    public string Text { get; }

    /// <summary>Returns a typed text by which the service can filter; null if it is empty or contains wildcards.</summary>
    public static string? LiteralOrNull(string text) => text.Length == 0 || WildcardPattern.ContainsWildcardCharacters(text) ? null : text;

    /// <summary>True if a value or its alias begins with the word, in any case, or matches it as a wildcard.</summary>
    public bool Matches(Suggestion suggestion) => IsBeginningOf(suggestion.Text) || (suggestion.Alias is { } alias && IsBeginningOf(alias));

    /// <summary>Returns a value as an argument: in the quotes that the user typed, or else in single quotes if it needs quotes.</summary>
    public string Quote(string value)
    {
        if (_quote == DoubleQuote) return DoubleQuote + string.Concat(value.Select(character => SpecialInDoubleQuotes.IndexOf(character) < 0 ? $"{character}" : $"`{character}")) + DoubleQuote;
        return _quote is null && IsBareWord(value) ? value : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
    }

    private bool IsBeginningOf(string value)
    {
        try
        {
            return value.StartsWith(Text, StringComparison.OrdinalIgnoreCase) || _pattern.IsMatch(value);
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }

    /// <summary>True if PowerShell reads a value without quotes as text, alone and in a list. An unquoted 1.10 is a number.</summary>
    private static bool IsBareWord(string value)
    {
        var script = Parser.ParseInput($"x {value} a,{value}", out _, out var errors);
        return errors.Length == 0
            && script.EndBlock.Statements.Count == 1
            && script.EndBlock.Statements[0] is PipelineAst { PipelineElements: { Count: 1 } elements }
            && elements[0] is CommandAst { Redirections.Count: 0, CommandElements: { Count: 3 } words }
            && IsText(words[1])
            && words[2] is ArrayLiteralAst { Elements: { Count: 2 } items }
            && IsText(items[1]);

        bool IsText(Ast ast) => ast is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } word && word.Value == value;
    }
}
