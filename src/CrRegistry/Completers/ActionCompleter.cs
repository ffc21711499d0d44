using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>Offers the operations of the API. Wildcards are accepted.</summary>
public sealed class ActionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var pattern = new WildcardPattern((WildcardPattern.ContainsWildcardCharacters(typed) ? typed : WildcardPattern.Escape(typed)) + "*", WildcardOptions.IgnoreCase);
        return Operation.All.Select(operation => operation.Name).Where(pattern.IsMatch).Select(name => new CompletionResult(name));
    }
}
