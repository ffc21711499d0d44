using CrRegistry.Emulator.Replies;

namespace CrRegistry.Emulator.Requests;

/// <summary>The parameters of a call. As in the service, names are case-sensitive, and an empty value is treated as missing.</summary>
internal sealed class CallParameters
{
    // The common parameters of v1 requests. Some of them are secret.
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

    /// <summary>The operation's own parameters, without those of the signature and without secrets.</summary>
    public IReadOnlyDictionary<string, string> Own =>
        _values.Where(pair => !s_common.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);

    public string? Optional(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public string Required(string name) => Optional(name) ?? throw ApiFault.Missing(name);
}
