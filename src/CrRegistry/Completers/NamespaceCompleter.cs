using CrRegistry.Client.Api;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>Completes the names of namespaces.</summary>
internal sealed class NamespaceCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Find(TypedCommand command) => ServiceNames.Find(
        command, null, TypedWord.LiteralOrNull(command.Word.Text),
        (scope, filter) => scope.Instance is { } instance ? new Namespaces(instance, filter) : null,
        rows => rows.Where(row => Identifier.IsNamespace(row.NamespaceName))
            .Select(row => new Suggestion(row.NamespaceName) { ToolTip = row.NamespaceId })
            .OrderBy(suggestion => suggestion.Text, StringComparer.Ordinal));
}
