using System.Globalization;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The parameters of any operation in the form in which they are sent.</summary>
internal static class WireParameters
{
    /// <summary>Returns the parameters by the names that are sent.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="values">The values by the names of the parameters: those of <see cref="ApiObject"/>, or a <see cref="SecretText"/>. Null counts as not specified.</param>
    /// <exception cref="ArgumentException">A value does not fit the type of its parameter.</exception>
    public static Dictionary<string, string> Of(Operation operation, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var specified in values)
        {
            if (specified.Value is { } value) Add(sent, specified.Key, value, operation.Parameters.FirstOrDefault(parameter => parameter.Name == specified.Key)?.Type);
        }

        return sent;
    }

    private static void Add(Dictionary<string, string> sent, string name, object value, ParameterType? type)
    {
        switch (type)
        {
            case ParameterType.List:
            case null when value is Array:
                AddItems(sent, name, value switch { object?[] items => items, _ => [value] }, type is null);
                break;
            case ParameterType.Json:
            case null when value is ApiObject:
                sent.Add(name, value switch { string text => text, SecretText => throw Wrong(name, value, "text, a hashtable, an array or an object"), _ => JsonText.Of(value) });
                break;
            case ParameterType.Integer:
                sent.Add(name, Whole(name, value, int.MinValue, int.MaxValue));
                break;
            case ParameterType.Long:
                sent.Add(name, Whole(name, value, long.MinValue, long.MaxValue));
                break;
            case ParameterType.Boolean:
                sent.Add(name, value is bool || (value is string word && bool.TryParse(word, out _)) ? Text(value)!.ToLowerInvariant() : throw Wrong(name, value, "$true or $false"));
                break;
            case ParameterType.Secret:
                sent.Add(name, (value as SecretText)?.Value ?? value as string ?? throw Wrong(name, value, "a SecureString or text"));
                break;
            default:
                sent.Add(name, Scalar(name, value, acceptsNumbers: type is null));
                break;
        }
    }

    private static void AddItems(Dictionary<string, string> sent, string name, object?[] items, bool acceptsNumbers)
    {
        for (var index = 0; index < items.Length; index++)
        {
            var item = $"{name}.{(index + 1).ToString(CultureInfo.InvariantCulture)}";
            if (items[index] is not ApiObject fields)
            {
                sent.Add(item, Scalar(item, items[index], acceptsNumbers));
                continue;
            }

            foreach (var field in fields.Fields)
            {
                if (field.Value is { } value) sent.Add($"{item}.{field.Key}", Scalar($"{item}.{field.Key}", value, acceptsNumbers));
            }
        }
    }

    private static string Scalar(string name, object? value, bool acceptsNumbers) => value switch
    {
        string text => text,
        bool flag when acceptsNumbers => flag ? "true" : "false",
        null or bool or ApiObject or object?[] or SecretText => throw Wrong(name, value),
        _ when acceptsNumbers => Text(value)!,
        _ => throw new ArgumentException($"The value of '{name}' is a number, which may differ from the text that you typed. Quote it, for example '1.10'."),
    };

    private static string Whole(string name, object value, long least, long most)
    {
        var isNumber = decimal.TryParse(Text(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number == decimal.Truncate(number) && number >= least && number <= most) return ((long)number).ToString(CultureInfo.InvariantCulture);
        throw Wrong(name, value, string.Format(CultureInfo.InvariantCulture, "a whole number from {0} to {1}", least, most));
    }

    private static string? Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    private static ArgumentException Wrong(string name, object? value, string accepted = "text") => new(
        $"The value of '{name}' is {value switch { null => "empty", SecretText => "a SecureString", ApiObject => "an object", object?[] => "an array", string => "text", bool => "a Boolean", _ => "a number" }}. Specify {accepted}.");
}
