using System.Text;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>
/// What a call must not say when it fails. A service may quote what it was sent, the string to sign among it, and the network may name
/// the address of a proxy with the password in it: whatever they say goes through here before it becomes an error.
/// </summary>
internal sealed class Secrets
{
    public const string Mask = "***";

    /// <summary>What is shorter is no secret, and to hide it would garble every message.</summary>
    private const int Shortest = 8;

    /// <summary>Less of a secret, before the place of a cut, tells nothing of it.</summary>
    private const int ShortestBeginning = 4;

    private const string AddressBegin = "://";

    /// <summary>Each secret plain, and percent-encoded as often as the string of version 1 is; the longest first.</summary>
    private readonly string[] _forms;

    /// <summary>The same without white space and invisible characters.</summary>
    private readonly string[] _bareForms;

    // A header ends with its line: who quotes one has a part of a value with a line break in it.
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

    /// <summary>What an address holds beside its host and path: values of its query, user name and password.</summary>
    public static Secrets OfAddress(Uri address) => new([
        .. address.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Substring(field.IndexOf('=') + 1))),
        .. address.UserInfo.Split(':').Select(Uri.UnescapeDataString)]);

    /// <summary>The failure itself if it tells no secret; otherwise one without it, and without the cause, which may tell it, too.</summary>
    public CrApiException Hide(CrApiException failure)
    {
        var texts = new[] { failure.Message, failure.Code, failure.Action, failure.RequestId, failure.Recommend };
        if (texts.All(text => Hide(text) == text) && !TellsInCause(failure)) return failure;
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

    /// <summary>True if a cause tells a secret, or quotes so much of a reply that nobody searches it.</summary>
    private bool TellsInCause(CrApiException failure)
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

    /// <summary>The length of the beginning of a secret that stands before the place of a cut; 0 if there is none.</summary>
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
