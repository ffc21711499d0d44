namespace CrRegistry.Client.Transport.Signing;

/// <summary>The query string as it is signed and sent.</summary>
internal static class CanonicalQuery
{
    /// <summary>
    /// Joins parameters in ordinal order of their names, percent-encoded over UTF-8 except <c>A-Z a-z 0-9 - _ . ~</c>.
    /// An empty value stays as <c>name=</c>.
    /// </summary>
    public static string Build(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join("&", parameters
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => Uri.EscapeDataString(parameter.Key) + "=" + Uri.EscapeDataString(parameter.Value)));
}
