using System.Globalization;
using System.Management.Automation;
using CrRegistry.Client.Api;
using CrRegistry.Cmdlets.Arguments;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>Completes the tags of the specified repository, the newest first, for a parameter that accepts wildcards.</summary>
internal class TagCompleter : ValueCompleter
{
    private protected sealed override IEnumerable<Suggestion> Find(TypedCommand command) => ServiceNames.Find(
        command, command.Text("Repository") ?? command.Text("RepoId"), null,
        (scope, _) => scope.Instance is { } instance && RepositoryReference.TryParse(scope.Parent, out var repository) ? new Tags(new RepositoryScope(instance, repository)) : null,
        rows => rows.OrderByDescending(row => row.ImageUpdate)
            .Where(row => IsAccepted(row.Tag))
            .Select(row => new Suggestion(row.Tag)
            {
                Value = WildcardPattern.Escape(row.Tag),
                ToolTip = string.Join(", ", new[] { row.ImageUpdate?.ToString("g", CultureInfo.CurrentCulture), TagFormat.Size(row.ImageSize) }.Where(text => !string.IsNullOrEmpty(text))),
            }));

    private protected virtual bool IsAccepted(string tag) => true;
}

/// <summary>Completes tags for a parameter that accepts exact names only.</summary>
internal sealed class ExactTagCompleter : TagCompleter
{
    private protected override bool IsAccepted(string tag) => TagArgument.ValidateExact(tag, nameof(ImageTag.Tag)) is null;
}
