using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CrRegistry.Completers;

/// <summary>
/// The base of the completers of names. It never throws, writes or prompts. It always returns a list, because PowerShell completes file names if a completer
/// returns nothing.
/// </summary>
internal abstract class ValueCompleter : IArgumentCompleter
{
    private const int LongestToolTip = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var command = new TypedCommand(parameterName, new TypedWord(wordToComplete), commandAst, fakeBoundParameters);
            return [.. Find(command).Where(suggestion => command.Word.Matches(suggestion) && IsSafe(suggestion.Text)).Select(suggestion => Result(suggestion, command.Word))];
        }
        catch (Exception)
        {
            // The command reports the reason when it runs. An exception would have PowerShell complete file names.
            return [];
        }
    }

    /// <summary>Returns the values that the command accepts. Those that do not match the typed word are not offered.</summary>
    private protected abstract IEnumerable<Suggestion> Find(TypedCommand command);

    /// <summary>True if a text contains no character that controls a terminal. The user could not check what such a name inserts.</summary>
    private static bool IsSafe(string text) => text.Length > 0 && SafeText.Of(text) == text;

    private static CompletionResult Result(Suggestion suggestion, TypedWord word) => new(
        word.Quote(suggestion.Value),
        suggestion.Text,
        CompletionResultType.ParameterValue,
        SafeText.Beginning(string.IsNullOrEmpty(suggestion.ToolTip) ? suggestion.Text : suggestion.ToolTip!, LongestToolTip, out _));
}
