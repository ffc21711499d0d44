using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>Completes the operations of the API.</summary>
internal sealed class ActionCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Find(TypedCommand command) => Operation.All.Select(operation => new Suggestion(operation.Name));
}
