using System.Text;
using CrRegistry.Client.Operations;

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

    private const string AddressBegin = "://";

    /// <summary>Each secret plain, and percent-encoded as often as the string of version 1 is; the longest first.</summary>
    private readonly string[] _forms;

    // A header ends with its line: who quotes one has a part of a value with a line break in it.
    public Secrets(params string?[] values) => _forms =
    [
        .. values.OfType<string>().SelectMany(value => value.Split('\r', '\n', '\0')).Where(value => value.Length >= Shortest)
            .SelectMany(value => new[] { value, Uri.EscapeDataString(value), Uri.EscapeDataString(Uri.EscapeDataString(value)) })
            .Distinct().OrderByDescending(form => form.Length),
    ];

    /// <summary>What an address holds beside its host and path: values of its query, user name and password.</summary>
    public static Secrets OfAddress(Uri address) => new([
        .. address.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Substring(field.IndexOf('=') + 1))),
        .. address.UserInfo.Split(':').Select(Uri.UnescapeDataString)]);

    /// <summary>The failure itself if it tells no secret; otherwise one without it, and without the cause, which may tell it, too.</summary>
    public CrApiException Hide(CrApiException failure)
    {
        var texts = new[] { failure.Message, failure.Code, failure.Action, failure.RequestId, failure.Recommend };
        if (texts.All(text => Hidden(text) == text) && !TellsInCause(failure)) return failure;
        return new CrApiException(Hidden(failure.Message)!)
        {
            Code = Hidden(failure.Code)!,
            Action = Hidden(failure.Action),
            HttpStatus = failure.HttpStatus,
            RequestId = Hidden(failure.RequestId),
            Recommend = Hidden(failure.Recommend),
            MayPass = failure.MayPass,
            IsOfProxy = failure.IsOfProxy,
            IsNotSent = failure.IsNotSent,
        };
    }

    /// <summary>True if a cause tells a secret, or quotes so much of a reply that nobody searches it.</summary>
    private bool TellsInCause(CrApiException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Length > SearchedText.Longest) return true;
        }

        return failure.ToString() is var whole && Hidden(whole) != whole;
    }

    private string? Hidden(string? text)
    {
        if (text is null) return null;
        var hidden = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var length = SecretAt(text, index);
            if (length > 0) hidden.Append(Mask);
            else hidden.Append(text[index]);
            index += Math.Max(1, length);
        }

        return hidden.ToString();
    }

    /// <summary>The length of the secret at a place, or of what stands there before the host of an address; 0 if there is none.</summary>
    private int SecretAt(string text, int index)
    {
        foreach (var form in _forms)
        {
            if (string.Compare(text, index, form, 0, form.Length, StringComparison.OrdinalIgnoreCase) == 0) return form.Length;
        }

        if (index < AddressBegin.Length || string.CompareOrdinal(text, index - AddressBegin.Length, AddressBegin, 0, AddressBegin.Length) != 0) return 0;
        var end = index;
        while (end < text.Length && text[end] is not ('/' or '?' or '#' or '@') && !char.IsWhiteSpace(text[end])) end++;
        return end < text.Length && text[end] == '@' ? end - index : 0;
    }
}
