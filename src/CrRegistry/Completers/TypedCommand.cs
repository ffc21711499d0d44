using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CrRegistry.Client.Transport;
using CrRegistry.Session;

namespace CrRegistry.Completers;

/// <summary>A command that is being typed.</summary>
/// <param name="parameterName">The parameter that is completed.</param>
/// <param name="word">The word that is completed.</param>
/// <param name="command">The command.</param>
/// <param name="values">The values of its parameters that PowerShell knows without running code: literals and variables.</param>
internal sealed class TypedCommand(string parameterName, TypedWord word, CommandAst command, IDictionary values)
{
    /// <summary>The parameters that determine which rows the service returns.</summary>
    private static readonly string[] s_scope = ["Context", "Endpoint", "RegionId", "InstanceId", "Namespace", "Repository", "RepoId", "ProfileName", "Credential"];

    public string ParameterName => parameterName;

    public TypedWord Word => word;

    /// <summary>The context of the command; null if there is no connection, or if the command determines another one when it runs.</summary>
    public CrContext? Context
    {
        get
        {
            // Connect-CrRegistry with another identity. Its instances may be others.
            if (values.Contains("ProfileName") || values.Contains("Credential") || HasUnknownScope) return null;
            return values.Contains("Context") ? Value("Context") as CrContext : CrSession.Current;
        }
    }

    /// <summary>True if a value is known only when the command runs, for example that of <c>-InstanceId (Get-Id)</c>.</summary>
    private bool HasUnknownScope => command.CommandElements.OfType<CommandParameterAst>().Select(typed => typed.ParameterName).Any(typed =>
        Array.Exists(s_scope, name => IsAbbreviation(typed, name)) && !IsAbbreviation(typed, parameterName) && !values.Keys.Cast<object>().Any(name => IsAbbreviation(typed, $"{name}")));

    /// <summary>Returns the text of a parameter, and of a list its first item; null if it is not specified.</summary>
    public string? Text(string parameter) => Value(parameter) is { } value && $"{value}" is { Length: > 0 } text ? text : null;

    /// <summary>Returns the address to which the command would send requests; null if no valid one is specified.</summary>
    public Uri? FindEndpoint(CrContext context)
    {
        if (Value("Endpoint") is { } specified)
            return Uri.TryCreate($"{specified}", UriKind.Absolute, out var endpoint) && ServiceEndpoint.IsUsable(endpoint, out _) ? endpoint : null;
        if (context.Endpoint is not null) return context.Endpoint;
        return (Text("RegionId") ?? context.RegionId) is { } region && ServiceEndpoint.IsRegionId(region) ? ServiceEndpoint.OfRegion(region, context.Vpc) : null;
    }

    private object? Value(string parameter)
    {
        var value = BaseOf(values[parameter]);
        return value is IEnumerable list and not string ? BaseOf(list.Cast<object>().FirstOrDefault()) : value;
    }

    private static object? BaseOf(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static bool IsAbbreviation(string typed, string name) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
