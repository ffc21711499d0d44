using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Numerics;

namespace CrRegistry;

/// <summary>
/// Accepts text for a parameter that takes names, and rejects numbers and other values whose text PowerShell would have to make up.
/// PowerShell reads an unquoted 1.10 as a number, and converts it to '1.1': the name of another tag.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NameArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>A number format that writes every number as this letter.</summary>
    private const string ConstantFormat = "'x'";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (LanguagePrimitives.GetEnumerable(inputData) is { } items)
        {
            foreach (var item in items)
                if (!IsName(item)) throw Rejection(item);
        }
        else if (!IsName(inputData) && !IsLiteral(inputData))
        {
            throw Rejection(inputData);
        }

        return inputData;
    }

    private static bool IsName(object? item) => BaseOf(item) is not ValueType value || value is char || (IsNumber(value) && item is PSObject number && HasOriginalText(number));

    /// <summary>
    /// True if PowerShell kept the text of a literal beside its value, as it does for a single argument such as 1.10, 007 or 1kb.
    /// The text is then returned whatever format is asked for.
    /// </summary>
    private static bool HasOriginalText(PSObject number) => number.ToString(ConstantFormat, CultureInfo.InvariantCulture) != "x";

    /// <summary>
    /// True if the running statement passes this value as a literal to a parameter of this kind. PowerShell keeps the text of a literal
    /// only if it differs from the text of the number: 7 and 1.1 arrive in the same form as a variable that was assigned 007 or 1.10.
    /// </summary>
    private static bool IsLiteral(object? value)
    {
        if (value is not ValueType number || !IsNumber(number)) return false;
        var statement = Runspace.DefaultRunspace?.Debugger?.GetCallStack().FirstOrDefault()?.Position?.Text;
        return statement is not null && Parser.ParseInput(statement, out _, out _)
            .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
            .SelectMany(command => StaticParameterBinder.BindCommand((CommandAst)command).BoundParameters.Values)
            .Any(bound => bound.Value is ConstantExpressionAst literal && number.Equals(literal.Value)
                && bound.Parameter?.Attributes.OfType<NameArgumentAttribute>().Any() == true);
    }

    private static bool IsNumber(ValueType value) =>
        value is BigInteger || (value is not Enum && Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal);

    private static object? BaseOf(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private static ArgumentTransformationMetadataException Rejection(object? item)
    {
        var value = BaseOf(item)!;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return new($"The name '{text}' is not text but a value of type {value.GetType().Name}, which may differ from what was written. Quote each name, for example '1.10', '007'.");
    }
}
