using CrRegistry.Client;

namespace CrRegistry.Completers;

/// <summary>Completes the profiles of both credential files, without a request.</summary>
internal sealed class ProfileNameCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Find(TypedCommand command) => CrConnection.FindProfiles().Select(place => new Suggestion(place.Name) { ToolTip = place.Origin });
}
