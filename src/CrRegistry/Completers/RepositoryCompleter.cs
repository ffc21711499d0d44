using CrRegistry.Client.Api;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>Completes the names of repositories: <c>namespace/name</c>, or only the name if -Namespace is specified.</summary>
internal sealed class RepositoryCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Find(TypedCommand command)
    {
        var typed = command.Word.Text;
        var specified = command.Text("Namespace");
        var slash = specified is null ? typed.IndexOf('/') : -1;
        var parent = specified ?? (slash > 0 && Identifier.IsNamespace(typed.Substring(0, slash)) ? typed.Substring(0, slash) : null);
        return ServiceNames.Find(
            command, parent, TypedWord.LiteralOrNull(typed.Substring(slash + 1)),
            (scope, filter) => scope.Instance is { } instance && (parent is null || Identifier.IsNamespace(parent)) ? new Repositories(instance, parent, filter) : null,
            rows => rows.Where(row => RepositoryReference.TryParse($"{row}", out _))
                .Select(row => new Suggestion(specified is null ? $"{row}" : row.RepoName!) { Alias = row.RepoName, ToolTip = row.Summary ?? row.RepoId })
                .OrderBy(suggestion => suggestion.Text, StringComparer.Ordinal));
    }
}
