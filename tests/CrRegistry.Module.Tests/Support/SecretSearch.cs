using System.Text;
using System.Text.Encodings.Web;

namespace CrRegistry.Module.Tests.Support;

/// <summary>Searches texts for secrets: plain, cut off, and in every encoding that a library may use.</summary>
internal sealed class SecretSearch
{
    /// <summary>The length of a part of a secret that is enough to find it, because a text may have been cut.</summary>
    private const int Recognizable = 16;

    private readonly Dictionary<string, string[]> _forms = [];

    public void Add(string name, string secret) => _forms[name] = [.. Forms(secret).Distinct()];

    /// <summary>Returns the names of the secrets that a text contains.</summary>
    public IEnumerable<string> In(string text) =>
        _forms.Where(entry => entry.Value.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase))).Select(entry => entry.Key);

    private static IEnumerable<string> Forms(string secret)
    {
        var start = secret[..Math.Min(Recognizable, secret.Length)];
        yield return start;
        yield return Uri.EscapeDataString(start);
        yield return Uri.EscapeDataString(Uri.EscapeDataString(start));
        yield return JavaScriptEncoder.Default.Encode(start);
        yield return start.Replace("/", "\\/", StringComparison.Ordinal);
        yield return HtmlEncoder.Default.Encode(start);

        // In base64 the letters depend on the position. There are three forms, without the letters that include bits of the neighbors.
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            for (var shift = 0; shift < 3; shift++)
            {
                var bytes = new byte[shift].Concat(encoding.GetBytes(start)).ToArray();
                yield return Convert.ToBase64String(bytes[..(bytes.Length / 3 * 3)])[(shift == 0 ? 0 : 4)..];
            }
        }
    }
}
