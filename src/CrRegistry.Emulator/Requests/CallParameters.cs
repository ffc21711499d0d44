using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Requests;

/// <summary>The parameters of a call. Names are case-sensitive, and an empty value counts as none, as with the service.</summary>
internal sealed class CallParameters
{
    // What every v1 request carries beside the operation's own parameters; some of it is secret.
    private static readonly HashSet<string> s_common = new(StringComparer.Ordinal)
    {
        "Action", "Version", "Format", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureType",
        "SignatureNonce", "Signature", "Timestamp", "SecurityToken", "OIDCToken",
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public CallParameters(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach ((string name, string value) in pairs)
            _values[name] = value;
    }

    /// <summary>The operation's own parameters: nothing of the signature, and no secret.</summary>
    public IReadOnlyDictionary<string, string> Own =>
        _values.Where(pair => !s_common.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);

    public string? Optional(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public string Required(string name) => Optional(name) ?? throw ApiFault.Missing(name);
}
