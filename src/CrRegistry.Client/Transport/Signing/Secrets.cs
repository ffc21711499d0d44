using System.Text;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>
/// Removes the secrets of a request from the errors about it. A service may quote a request, including the string to sign, and a network error
/// may contain the address of a proxy with its password.
/// </summary>
internal sealed class Secrets
{
    public const string Mask = "***";

    /// <summary>The shortest text that is hidden. A shorter one would hide parts of every message.</summary>
    private const int Shortest = 8;

    /// <summary>The shortest beginning of a secret that is hidden before the place of a cut.</summary>
    private const int ShortestBeginning = 4;

    /// <summary>The longest word that cannot be a token. Hosts, codes and IDs are shorter, and tokens have hundreds of characters.</summary>
    private const int LongestWord = 64;

    private const string TokenField = "AuthorizationToken=";
    private const string AddressBegin = "://";

    /// <summary>Each secret plain, and percent-encoded as often as the string of version 1 is; the longest first.</summary>
    private readonly string[] _forms;

    /// <summary>The same without white space and invisible characters.</summary>
    private readonly string[] _bareForms;

    // A header ends with its line. A service may quote a part of a value that contains a line break.
    public Secrets(params string?[] values)
    {
        _forms =
        [
            .. values.OfType<string>().SelectMany(value => value.Split('\r', '\n', '\0')).Where(value => value.Length >= Shortest)
                .SelectMany(value => new[] { value, Uri.EscapeDataString(value), Uri.EscapeDataString(Uri.EscapeDataString(value)) })
                .Distinct().OrderByDescending(form => form.Length),
        ];
        _bareForms = [.. _forms.Select(form => BareText.OfMessage(form, withSequences: false).Text).Where(form => form.Length >= Shortest)];
    }

    /// <summary>
    /// True if words that can only be a token because of their length, or that follow the name of a token, are hidden. A reply may quote its secret in
    /// any form.
    /// </summary>
    public bool HidesTokens { get; init; }

    /// <summary>Returns the secrets of an address: the values of its query, its user name and its password.</summary>
    public static Secrets OfAddress(Uri address) => new([
        .. address.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Substring(field.IndexOf('=') + 1))),
        .. address.UserInfo.Split(':').Select(Uri.UnescapeDataString)]);

    /// <summary>Returns the failure itself if it contains no secret, or else one without the secret and without the cause.</summary>
    public CrApiException Hide(CrApiException failure)
    {
        var texts = new[] { failure.Message, failure.Code, failure.Action, failure.RequestId, failure.Recommend };
        if (texts.All(text => Hide(text) == text) && !IsInCause(failure)) return failure;
        return new CrApiException(Hide(failure.Message)!)
        {
            Code = Hide(failure.Code)!,
            Action = Hide(failure.Action),
            HttpStatus = failure.HttpStatus,
            RequestId = Hide(failure.RequestId),
            Recommend = Hide(failure.Recommend),
            IsTransient = failure.IsTransient,
            IsOfProxy = failure.IsOfProxy,
            IsNotSent = failure.IsNotSent,
        };
    }

    /// <summary>True if a cause contains a secret, or too much text to search.</summary>
    private bool IsInCause(CrApiException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Length > SearchedText.Longest) return true;
        }

        return failure.ToString() is var whole && Hide(whole) != whole;
    }

    /// <summary>Returns a text with a mask in place of each secret.</summary>
    public string? Hide(string? text)
    {
        if (text is null) return null;
        var isHidden = new bool[text.Length];
        Find(text, _forms, (start, end) => Mark(isHidden, start, end));
        MarkBeforeHosts(text, isHidden);
        if (HidesTokens) MarkTokens(text, isHidden);
        // Invisible characters, control sequences, line breaks and escapes of them may split a secret.
        foreach (var withSequences in new[] { false, true })
        {
            if (_forms.Length == 0) break;
            var bare = BareText.OfMessage(text, withSequences);
            Find(bare.Text, _bareForms, (start, end) => Mark(isHidden, bare.StartOf(start), bare.EndOf(end - 1)));
        }

        return Masked(text, isHidden);
    }

    private static void Find(string text, string[] forms, Action<int, int> found)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var length = SecretAt(text, index, forms);
            if (length > 0) found(index, index + length);
            index += Math.Max(0, length - 1);
            if (text[index] == ServiceText.Cut && BeginningBefore(text, index, forms) is > 0 and var beginning) found(index - beginning, index);
        }
    }

    private static int SecretAt(string text, int index, string[] forms) =>
        Array.Find(forms, form => string.Compare(text, index, form, 0, form.Length, StringComparison.OrdinalIgnoreCase) == 0)?.Length ?? 0;

    /// <summary>Returns the length of the beginning of a secret before the place of a cut; 0 if there is none.</summary>
    private static int BeginningBefore(string text, int cut, string[] forms)
    {
        var longest = 0;
        foreach (var form in forms)
        {
            for (var length = Math.Min(cut, form.Length - 1); length >= ShortestBeginning && length > longest; length--)
            {
                if (string.Compare(text, cut - length, form, 0, length, StringComparison.OrdinalIgnoreCase) == 0) longest = length;
            }
        }

        return longest;
    }

    /// <summary>Hides user name and password before the host of an address, also if a cut has removed the host.</summary>
    private static void MarkBeforeHosts(string text, bool[] isHidden)
    {
        for (var begin = text.IndexOf(AddressBegin, StringComparison.Ordinal); begin >= 0; begin = text.IndexOf(AddressBegin, begin + 1, StringComparison.Ordinal))
        {
            var start = begin + AddressBegin.Length;
            var end = start;
            while (end < text.Length && text[end] is not ('/' or '?' or '#' or '@' or ServiceText.Cut) && !char.IsWhiteSpace(text[end])) end++;
            if (end < text.Length && text[end] is '@' or ServiceText.Cut) Mark(isHidden, start, end);
        }
    }

    private static void MarkTokens(string text, bool[] isHidden)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
            if (end - start > LongestWord || text.IndexOf(TokenField, start, end - start, StringComparison.OrdinalIgnoreCase) >= 0) Mark(isHidden, start, end);
            start = end;
        }
    }

    private static void Mark(bool[] isHidden, int start, int end)
    {
        for (var index = start; index < end; index++) isHidden[index] = true;
    }

    private static string Masked(string text, bool[] isHidden)
    {
        if (Array.IndexOf(isHidden, true) < 0) return text;
        var masked = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (!isHidden[index]) masked.Append(text[index]);
            else if (index == 0 || !isHidden[index - 1]) masked.Append(Mask);
        }

        return masked.ToString();
    }
}
