namespace CrRegistry.Requests;

/// <summary>
/// An object of a reply, or of a parameter that is sent as JSON. Its values are null, text, a bool, a number, an array of values, or an object.
/// </summary>
/// <param name="Fields">The fields in their order. No two of them have the same name.</param>
internal sealed record ApiObject(IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    /// <summary>Returns the value of a field; null if there is none.</summary>
    public object? this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value;
}

/// <summary>A row of a list that any operation returns.</summary>
/// <param name="Value">The row, as the service sent it.</param>
/// <param name="Key">The text that no two rows of a list share.</param>
/// <param name="Time">A time that is later in a new row than in all others; null if no such time is known.</param>
internal sealed record ApiRow(object Value, string Key, DateTime? Time);

/// <summary>The value of a parameter that the user specified as a secret.</summary>
/// <param name="Value">The text.</param>
internal sealed record SecretText(string Value)
{
    public override string ToString() => "***";
}
