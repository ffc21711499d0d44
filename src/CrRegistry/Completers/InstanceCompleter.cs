using CrRegistry.Client.Api;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>Completes the IDs of instances, and for -Name their names. Users may type either.</summary>
internal sealed class InstanceCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Find(TypedCommand command)
    {
        var isName = command.ParameterName == "Name";
        return ServiceNames.Find(
            command, null, null,
            (scope, _) => new Instances(scope.RegionId),
            rows => rows.Where(row => Identifier.IsInstanceId(row.InstanceId))
                .Select(row => new Suggestion(isName && row.InstanceName is { } name && Identifier.IsInstanceName(name) ? name : row.InstanceId)
                {
                    Alias = isName ? row.InstanceId : row.InstanceName,
                    ToolTip = string.Join(", ", new[] { row.InstanceId, row.InstanceName, row.InstanceSpecification, row.InstanceStatus }.OfType<string>()),
                })
                .OrderBy(suggestion => suggestion.Text, StringComparer.Ordinal));
    }
}
