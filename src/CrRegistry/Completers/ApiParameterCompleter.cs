using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>
/// Offers a hashtable with the required parameters of the operation, and one with all of them. PowerShell asks no completer for the keys of a hashtable
/// that is being typed.
/// </summary>
internal sealed class ApiParameterCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (!string.IsNullOrEmpty(wordToComplete) || Operation.All.FirstOrDefault(IsSpecified) is not { } operation) return [];
        // The context has these two.
        var own = operation.Parameters.Where(parameter => parameter.Name is not ("InstanceId" or "RegionId")).ToList();
        return new[] { own.Where(parameter => parameter.IsRequired), own }.Select(Hashtable).Distinct().Select(text => new CompletionResult(text));

        bool IsSpecified(Operation known) => known.Name.Equals(fakeBoundParameters["Action"] as string, StringComparison.OrdinalIgnoreCase);
    }

    private static string Hashtable(IEnumerable<OperationParameter> parameters) =>
        $"@{{ {string.Join("; ", parameters.Select(parameter => $"{parameter.Name} = {Placeholder(parameter.Type)}"))} }}".Replace("{  }", "{}");

    private static string Placeholder(ParameterType type) => type switch
    {
        ParameterType.Text => "''",
        ParameterType.Secret => "(Read-Host -AsSecureString)",
        ParameterType.List or ParameterType.Json => "@()",
        _ => "$null",
    };
}
