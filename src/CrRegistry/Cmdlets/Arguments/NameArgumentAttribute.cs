using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using CrRegistry.Session;

namespace CrRegistry;

/// <summary>
/// Accepts text for a parameter of names, and rejects numbers, hashtables and other values that PowerShell would convert to text.
/// PowerShell reads an unquoted 1.10 as a number, and converts it to '1.1': the name of another tag.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NameArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>A number format that writes every number as this letter.</summary>
    private const string ConstantFormat = "'x'";

    private const string Deserialized = "Deserialized.";
    private const string RepositoryType = nameof(CrRegistry) + "." + nameof(Repository);
    private const string MeasuredType = nameof(CrRegistry) + "." + nameof(MeasuredRepository);
    private const string NamespaceType = nameof(CrRegistry) + "." + nameof(Namespace);

    /// <summary>Initializes the attribute of a parameter.</summary>
    /// <param name="parameter">The name of the parameter. The compiler inserts it.</param>
    public NameArgumentAttribute([CallerMemberName] string parameter = "") => Parameter = parameter;

    /// <summary>The name of the parameter.</summary>
    public string Parameter { get; }

    /// <summary>
    /// True for a parameter that accepts objects from the pipeline. PowerShell tries their text first, and their properties
    /// only if no error occurs. An object without a text of its own is then rejected later, as an invalid name.
    /// </summary>
    public bool AcceptsPipelineObjects { get; set; }

    /// <summary>True for a parameter that accepts several names. PowerShell's own error for a list does not advise what to specify.</summary>
    public bool AcceptsLists { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (LanguagePrimitives.GetEnumerable(inputData) is { } items)
        {
            object?[] names = [.. items.Cast<object?>()];
            foreach (var name in names)
                if (!IsName(name)) throw Rejection(name);
            if (!AcceptsLists) throw new ArgumentTransformationMetadataException($"-{Parameter} accepts one name, not a list. Specify one name.");
            // PowerShell converts a collection that is not a list, such as the keys of a hashtable, to one name.
            return Array.ConvertAll(names, SpecificName);
        }

        if (!IsName(inputData) && !(AcceptsPipelineObjects && IsObject(inputData)) && !IsLiteral(engineIntrinsics, inputData))
        {
            throw Rejection(inputData);
        }

        return SpecificName(inputData);
    }

    private static bool IsName(object? item) => BaseOf(item) switch
    {
        null or string or char => true,
        ValueType value => IsNumber(value) && item is PSObject number && HasOriginalText(number),
        IDictionary or ScriptBlock => false,
        PSCustomObject => item is PSObject custom && IsDeserialized(custom),
        var value => TextOf(item) != value.GetType().ToString(),
    };

    /// <summary>True for an object whose properties PowerShell can bind. It cannot bind the keys of a hashtable.</summary>
    private static bool IsObject(object? item) => BaseOf(item) is not (ValueType or IDictionary or ScriptBlock);

    /// <summary>True for a tag or a repository that came back from a job, a remote session or a file.</summary>
    private static bool IsDeserialized(PSObject item) =>
        item.TypeNames.FirstOrDefault()?.StartsWith(Deserialized + nameof(CrRegistry) + ".", StringComparison.Ordinal) == true;

    /// <summary>
    /// True if PowerShell kept the text of a literal with its value, as for a single argument such as 1.10, 007 or 1kb.
    /// The text is then returned for any format.
    /// </summary>
    private static bool HasOriginalText(PSObject number) => number.ToString(ConstantFormat, CultureInfo.InvariantCulture) != "x";

    /// <summary>
    /// True if the running statement passes this value as a literal. PowerShell keeps the text of a literal only if it differs from
    /// the text of the number. 7 and 1.1 therefore arrive in the same form as a variable that was assigned 007 or 1.10. The call stack shows
    /// the statement, but not which of its commands is being bound. So each command of the statement that has the parameter, nested
    /// ones too, must specify a literal. Otherwise the value may come from a variable, a splat, the pipeline or a default parameter value.
    /// </summary>
    private bool IsLiteral(EngineIntrinsics engine, object? value)
    {
        if (value is not ValueType number || !IsNumber(number)) return false;
        var statement = Runspace.DefaultRunspace?.Debugger?.GetCallStack().FirstOrDefault()?.Position?.Text;
        if (statement is null) return false;
        var isSpecified = false;
        foreach (var command in Parser.ParseInput(statement, out _, out _).FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (command.GetCommandName() is not { } name || command.CommandElements.Any(element => element is VariableExpressionAst { Splatted: true })) return false;
            if (!HasParameter(engine, name)) continue;
            var binding = StaticParameterBinder.BindCommand(command);
            if (binding.BindingExceptions.Count > 0 || !binding.BoundParameters.TryGetValue(Parameter, out var bound)) return false;
            // A list arrives as a list, and its items are checked one by one.
            if (bound.Value is not (ConstantExpressionAst or ExpandableStringExpressionAst or ArrayLiteralAst)) return false;
            isSpecified |= bound.Value is ConstantExpressionAst literal && number.Equals(literal.Value);
        }

        return isSpecified;
    }

    /// <summary>True if a command is a cmdlet of this module with the parameter. A function or script has statements of its own.</summary>
    private bool HasParameter(EngineIntrinsics engine, string command)
    {
        var found = engine.InvokeCommand.GetCommand(command, CommandTypes.Cmdlet | CommandTypes.Alias);
        if (found is AliasInfo alias) found = alias.ResolvedCommand;
        return found is CmdletInfo cmdlet && cmdlet.ImplementingType.GetProperty(Parameter)?.GetCustomAttribute<NameArgumentAttribute>() is not null;
    }

    /// <summary>
    /// Returns an argument whose text is the ID of a repository or namespace, if it belongs to another instance than that of the session. Its name
    /// may specify another one in that instance. PowerShell converts arguments to text, and binds piped objects by their properties instead.
    /// </summary>
    private static object? SpecificName(object? item)
    {
        if (item is null || BaseOf(item) is string || item is not PSObject and not (Repository or MeasuredRepository or Namespace)) return item;
        var row = PSObject.AsPSObject(item);
        string? Value(string property) => row.Properties[property]?.Value as string;
        return row.TypeNames.FirstOrDefault() switch
        {
            RepositoryType or Deserialized + RepositoryType or MeasuredType or Deserialized + MeasuredType => new RowArgument(row.ToString(), Value(nameof(Repository.RepoId)), Value(nameof(Repository.InstanceId))),
            NamespaceType or Deserialized + NamespaceType => new RowArgument(row.ToString(), Value(nameof(Namespace.NamespaceId)), Value(nameof(Namespace.InstanceId))),
            _ => item,
        };
    }

    private static bool IsNumber(ValueType value) =>
        value is BigInteger || (value is not Enum && Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal);

    private static object? BaseOf(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private static ArgumentTransformationMetadataException Rejection(object? item) => new(BaseOf(item) switch
    {
        ValueType value => $"The name '{SafeText.Of(TextOf(item))}' is a value of type {value.GetType().Name}, which may differ from the text that you typed. Quote each name, for example '1.10', '007'.",
        IDictionary => "A hashtable is not a name. Specify text, such as the value of a key.",
        var value => $"A value of type {value!.GetType().Name} is not a name. Specify text.",
    });

    private static string TextOf(object? item) =>
        item is PSObject { BaseObject: PSCustomObject } custom ? custom.ToString() : Convert.ToString(BaseOf(item), CultureInfo.InvariantCulture) ?? string.Empty;

    private sealed class RowArgument(string name, string? id, string? instanceId)
    {
        public override string ToString() => id is null || instanceId == CrSession.Current?.InstanceId ? name : id;
    }
}
