using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Security;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>The operation and the parameters that a user specifies for Invoke-CrApi.</summary>
internal static class ApiArgument
{
    /// <summary>The deepest nesting of a value.</summary>
    private const int MaxDepth = 32;

    private const int MostNearest = 3;
    private const string UnknownParameter = "ParameterUnknown";

    /// <summary>The common parameters of version 1 of the signature, which -Parameter must not replace.</summary>
    private static readonly string[] s_common = ["Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce", "SignatureType", "SecurityToken", "Timestamp"];

    private static readonly string[] s_pages = ["PageNo", "Page", "MaxResults", "NextToken"];

    /// <summary>True if an operation has a parameter.</summary>
    public static bool Has(Operation operation, string parameter) => operation.Parameters.Any(known => known.Name == parameter);

    /// <summary>Returns the operation of a name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isForced">True if a name that is not known is sent as a write.</param>
    /// <param name="reject">Writes the error if there is none.</param>
    public static Operation? FindOperation(string name, bool isForced, Action<ErrorRecord> reject)
    {
        var operation = Operation.All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? (isForced && name.All(character => char.IsLetterOrDigit(character) && character < 128) ? Operation.Unknown(name) : null);
        if (operation is null)
            reject(FailureRecord.OfArgument($"'{name}' is not an operation of the API. {Nearest(name, Operation.All.Select(known => known.Name))} {(isForced ? "-Force accepts only names of letters and digits." : "Use -Force to send a name of letters and digits.")}", "ActionUnknown", name));
        return operation;
    }

    /// <summary>Returns the error of a list that cannot be read page by page; null if it can.</summary>
    public static ErrorRecord? ValidatePaging(Operation operation) =>
        operation.Rows is not null && operation.Parameters.Any(parameter => s_pages.Contains(parameter.Name))
            ? null
            : FailureRecord.OfArgument($"{operation.Name} has no pages. Omit -Paginate{(operation.Rows is { } rows ? $". The reply has the rows in '{rows}'" : string.Empty)}.", "PaginateInvalid", operation.Name);

    /// <summary>Returns the values by the names of the parameters; null if a name or a value is invalid.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="specified">The parameters, as the user specified them.</param>
    /// <param name="isForced">True if names that are not known are sent.</param>
    /// <param name="reject">Writes the error.</param>
    public static Dictionary<string, object?>? Read(Operation operation, IDictionary specified, bool isForced, Action<ErrorRecord> reject)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in specified)
        {
            var typed = entry.Key.ToString() ?? string.Empty;
            var name = operation.Parameters.FirstOrDefault(known => known.Name.Equals(typed, StringComparison.OrdinalIgnoreCase))?.Name;
            if (name is null && s_common.Contains(typed, StringComparer.OrdinalIgnoreCase))
            {
                reject(FailureRecord.OfArgument($"'{typed}' is part of each request, and the module adds it. Omit it.", UnknownParameter, typed));
                return null;
            }

            if (name is null && !isForced)
            {
                reject(FailureRecord.OfArgument($"{operation.Name} has no parameter '{typed}'. {Nearest(typed, operation.Parameters.Select(known => known.Name))} Use -Force to send the parameter.", UnknownParameter, typed));
                return null;
            }

            name ??= typed;
            if (values.ContainsKey(name))
            {
                reject(FailureRecord.OfArgument($"The parameter '{name}' is specified twice. Specify it once.", "ParameterInvalid", typed));
                return null;
            }

            try
            {
                values.Add(name, entry.Value is PSObject { BaseObject: SecureString wrapped } ? Secret(wrapped) : entry.Value is SecureString secret ? Secret(secret) : Plain(name, entry.Value, MaxDepth));
            }
            catch (ArgumentException exception)
            {
                reject(FailureRecord.OfArgument(exception.Message, "ParameterInvalid", typed));
                return null;
            }
        }

        return values;
    }

    /// <summary>
    /// True if no value is empty by mistake. An empty variable must not select another object, or all of them. Text that is neither a name nor an ID may
    /// be empty, for example a summary. A read may also have parameters that are null: too few values return too much, but change nothing.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="values">The values, before any is added.</param>
    /// <param name="reject">Writes the error.</param>
    public static bool ValidateValues(Operation operation, Dictionary<string, object?> values, Action<ErrorRecord> reject)
    {
        if (values.FirstOrDefault(value => IsEmpty(value.Key, value.Value)).Key is not { } empty) return true;
        reject(FailureRecord.OfArgument($"The value of '{empty}' is empty. Specify a value, or omit the parameter.", "ParameterInvalid", empty));
        return false;

        bool IsEmpty(string name, object? value) => value switch
        {
            null => operation.Writes,
            string text => string.IsNullOrWhiteSpace(text) && (Operation.Identifies(name) || Has(name, ParameterType.Json) || Has(name, ParameterType.Secret)),
            object?[] items => operation.Writes && (items.Length == 0 || Array.Exists(items, item => item is string text ? string.IsNullOrWhiteSpace(text) : IsEmpty(name, item))),
            // The fields of a JSON text may be null.
            ApiObject fields => operation.Writes && Has(name, ParameterType.List) && fields.Fields.Any(field => IsEmpty(field.Key, field.Value)),
            _ => false,
        };

        bool Has(string name, ParameterType type) => operation.Parameters.Any(known => known.Name == name && known.Type == type);
    }

    /// <summary>True if all required parameters are specified, and no page if all pages are read.</summary>
    public static bool Validate(Operation operation, Dictionary<string, object?> values, bool isPaged, bool isForced, Action<ErrorRecord> reject)
    {
        if (isPaged && s_pages.FirstOrDefault(page => IsSpecified(page)) is { } specifiedPage)
        {
            reject(FailureRecord.OfArgument($"-Paginate reads all pages. Omit '{specifiedPage}'.", "PaginateInvalid", specifiedPage));
            return false;
        }

        if (isPaged && IsSpecified("PageSize") && !(int.TryParse(Convert.ToString(values["PageSize"], CultureInfo.InvariantCulture), out var size) && size is >= 1 and <= RowRange.LargestPageSize))
        {
            reject(FailureRecord.OfArgument($"The PageSize is not valid. Specify a whole number from 1 to {RowRange.LargestPageSize}.", "ParameterInvalid", values["PageSize"]));
            return false;
        }

        string[] missing = isForced ? [] : [.. operation.Parameters.Where(parameter => parameter.IsRequired && !IsSpecified(parameter.Name)).Select(parameter => $"'{parameter.Name}'")];
        if (missing.Length == 0) return true;
        reject(FailureRecord.OfArgument($"{operation.Name} requires {Enumerate(missing)}. Add {(missing.Length == 1 ? "it" : "them")} to -Parameter.", "ParameterMissing", operation.Name));
        return false;

        bool IsSpecified(string name) => values.TryGetValue(name, out var value) && value is not (null or object?[] { Length: 0 });
    }

    private static SecretText Secret(SecureString secret) => new(CrContext.PlainText(secret)!);

    /// <summary>Returns a value of PowerShell as a value of <see cref="ApiObject"/>.</summary>
    /// <exception cref="ArgumentException">The value has a type that has no form in the API.</exception>
    private static object? Plain(string name, object? value, int depth)
    {
        // What a command without output returns.
        if (value is PSObject result && result == AutomationNull.Value) return null;
        if (depth == 0) throw new ArgumentException($"The value of '{name}' is nested too deeply. Specify at most {MaxDepth} levels.");
        switch (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value)
        {
            case null: return null;
            case string or bool: return value is PSObject text ? text.BaseObject : value;
            case char character: return character.ToString();
            case SwitchParameter flag: return flag.ToBool();
            case IDictionary fields:
                // A generic dictionary is a sequence of other pairs than those of IDictionary.
                var content = new List<KeyValuePair<string, object?>>();
                foreach (DictionaryEntry field in fields) content.Add(Field(field.Key.ToString() ?? string.Empty, field.Value));
                return new ApiObject(content);
            case PSObject custom: return new ApiObject([.. custom.Properties.Select(property => Field(property.Name, property.Value))]);
            case IEnumerable items: return items.Cast<object?>().Select(item => Plain(name, item, depth - 1)).ToArray();
            case double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity:
                throw new ArgumentException($"The value of '{name}' is not a finite number. Specify a finite number.");
            case ValueType number when number is not Enum && Type.GetTypeCode(number.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal: return number;
            case var other: throw new ArgumentException($"The value of '{name}' has the type {other.GetType().Name}, which the API does not accept. Specify text.");
        }

        KeyValuePair<string, object?> Field(string field, object? content) => new(field, Plain(name, content, depth - 1));
    }

    /// <summary>Names the valid names that are most like a name.</summary>
    private static string Nearest(string name, IEnumerable<string> valid)
    {
        string[] nearest = [.. valid.OrderBy(known => Distance(name.ToUpperInvariant(), known.ToUpperInvariant())).Take(MostNearest).Select(known => $"'{known}'")];
        return nearest.Length switch
        {
            0 => "It has no parameters.",
            1 => $"The only valid name is {nearest[0]}.",
            _ => $"The nearest valid names are {Enumerate(nearest)}.",
        };
    }

    private static string Enumerate(string[] names) =>
        names.Length == 1 ? names[0] : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];

    /// <summary>Returns the number of characters to insert or remove. A replaced one counts twice, so that a name that contains the other one is near.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var leftIndex = 1; leftIndex <= left.Length; leftIndex++)
        {
            (var diagonal, row[0]) = (row[0], leftIndex);
            for (var rightIndex = 1; rightIndex <= right.Length; rightIndex++)
            {
                var replaced = diagonal + (left[leftIndex - 1] == right[rightIndex - 1] ? 0 : 2);
                diagonal = row[rightIndex];
                row[rightIndex] = Math.Min(replaced, Math.Min(row[rightIndex], row[rightIndex - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
