using System.Text.RegularExpressions;

namespace CrRegistry.Client.Credentials;

/// <summary>
/// What a call must not say when it fails. A service may quote what it was sent, the string to sign among it, and the network may name
/// the address of a proxy with the password in it: whatever they say goes through here before it becomes an error.
/// </summary>
internal sealed class Secrets
{
    public const string Mask = "***";

    /// <summary>What is shorter is no secret, and to hide it would garble every message.</summary>
    private const int Shortest = 8;

    private readonly string[] _values;

    // A header ends with its line: who quotes one has a part of a value with a line break in it.
    public Secrets(params string?[] values) => _values = [.. values.OfType<string>().SelectMany(value => value.Split('\r', '\n', '\0')).Where(value => value.Length >= Shortest).Distinct()];

    /// <summary>What an address holds beside its host and path: values of its query, user name and password.</summary>
    public static Secrets OfAddress(Uri address) => new([
        .. address.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Substring(field.IndexOf('=') + 1))),
        .. address.UserInfo.Split(':').Select(Uri.UnescapeDataString)]);

    /// <summary>The failure itself where it tells no secret; otherwise one without it, and without the cause that may tell it, too.</summary>
    public CrApiException Hide(CrApiException failure)
    {
        var secrets = Pattern();
        if (!new[] { failure.ToString(), failure.Code, failure.Action, failure.RequestId, failure.Recommend }.Any(text => text is not null && secrets.IsMatch(text))) return failure;

        string? Hidden(string? text) => text is null ? null : secrets.Replace(text, Mask);

        return new CrApiException(Hidden(failure.Message)!)
        {
            Code = Hidden(failure.Code)!,
            Action = Hidden(failure.Action),
            HttpStatus = failure.HttpStatus,
            RequestId = Hidden(failure.RequestId),
            Recommend = Hidden(failure.Recommend),
            MayPass = failure.MayPass,
        };
    }

    /// <summary>Each secret plain, and percent-encoded as often as the string of version 1 is; and what stands before the host of any address.</summary>
    private Regex Pattern()
    {
        var forms = _values
            .SelectMany(value => new[] { value, Uri.EscapeDataString(value), Uri.EscapeDataString(Uri.EscapeDataString(value)) })
            .OrderByDescending(form => form.Length)
            .Select(Regex.Escape)
            .Append(@"(?<=://)[^/?#@\s]+(?=@)");
        return new Regex(string.Join("|", forms), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
