using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Decoding;

/// <summary>
/// The body of a reply in a format that its content type names, or else its beginning.
/// The requested format does not matter.
/// </summary>
internal sealed class ReplyBody
{
    /// <summary>The deepest nesting of a reply, in JSON and in XML.</summary>
    public const int MaxDepth = 32;

    /// <summary>The part of a text that is searched for HTML, which may begin with an XML declaration and comments.</summary>
    private const int LongestBeginning = 1024;

    private readonly ArraySegment<byte> _text;
    private readonly string? _contentType;

    public ReplyBody(ApiReply reply)
    {
        _text = WithoutByteOrderMark(reply.Body);
        _contentType = reply.ContentType;
        Kind = KindOf(_text, _contentType?.ToUpperInvariant() ?? string.Empty);
    }

    public ReplyBodyKind Kind { get; }

    /// <summary>Reads the body as a type in any format.</summary>
    /// <exception cref="UnreadableBodyException">The body is not valid in its format, or does not match the type.</exception>
    public T Read<T>(JsonTypeInfo<T> type) where T : class => Kind switch
    {
        ReplyBodyKind.Empty => throw new UnreadableBodyException("its body is empty", isCut: true),
        ReplyBodyKind.Html => throw new UnreadableBodyException($"its body is an HTML page{Labelled}", isCut: false),
        ReplyBodyKind.Xml => ReadXml(type),
        _ => ReadJson(type),
    };

    private string Labelled => _contentType is null ? ". The reply has no content type" : $". Its content type is '{_contentType}'";

    private T ReadJson<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return Deserialize(type) ?? throw new UnreadableBodyException("its body is 'null'", isCut: false);
        }
        catch (JsonException exception)
        {
            if (IsBeginningOfJson()) throw new UnreadableBodyException($"its JSON was cut off after {_text.Count} bytes", isCut: true, exception);
            var place = exception.Path is { Length: > 1 } path ? $" at '{path}'" : string.Empty;
            throw new UnreadableBodyException($"its body is not a valid JSON reply{place}{Labelled}", isCut: false, exception);
        }
    }

    private T? Deserialize<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(_text.AsSpan(), type);
        }
        catch (JsonException exception) when (exception.InnerException is InvalidOperationException)
        {
            // The reader throws this exception for a string that is not valid Unicode.
            return JsonSerializer.Deserialize(ValidUnicode.Of(_text), type);
        }
    }

    private T ReadXml<T>(JsonTypeInfo<T> type) where T : class
    {
        using var stream = new EndNotingStream(_text);
        try
        {
            var fields = XmlReplyReader.Read(stream, type, out var isFragment);
            // Without a root, no end tag can be missing. The service writes Code last.
            if (isFragment && fields is Envelope { Code: null }) throw new XmlException("The XML has neither a root nor a Code.");
            return fields;
        }
        catch (XmlException exception)
        {
            if (stream.EndWasReached) throw new UnreadableBodyException($"its XML was cut off after {_text.Count} bytes", isCut: true, exception);
            throw new UnreadableBodyException(
                $"its body is not a valid XML reply (line {exception.LineNumber}, position {exception.LinePosition}){Labelled}", isCut: false, exception);
        }
        catch (ArgumentException exception)
        {
            // XmlReader throws this exception for text in an encoding other than the declared one.
            throw new UnreadableBodyException($"its body is not in the encoding that its XML declares{Labelled}", isCut: false, exception);
        }
    }

    /// <summary>True if the text is only the beginning of a JSON object.</summary>
    private bool IsBeginningOfJson()
    {
        var reader = new Utf8JsonReader(_text.AsSpan(), isFinalBlock: false, default);
        try
        {
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
            }

            return isObject && (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > 0);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReplyBodyKind KindOf(ArraySegment<byte> text, string contentType)
    {
        var beginning = Encoding.UTF8.GetString(text.Array!, text.Offset, Math.Min(text.Count, LongestBeginning)).TrimStart();
        if (beginning.Length == 0) return ReplyBodyKind.Empty;
        var isMarkup = beginning[0] == '<';
        if (contentType is "TEXT/HTML" or "APPLICATION/XHTML+XML" || (isMarkup && IsHtml(new SearchedText(beginning)))) return ReplyBodyKind.Html;
        if (contentType.EndsWith("JSON", StringComparison.Ordinal)) return ReplyBodyKind.Json;
        if (contentType.EndsWith("XML", StringComparison.Ordinal)) return ReplyBodyKind.Xml;
        return isMarkup ? ReplyBodyKind.Xml : ReplyBodyKind.Json;
    }

    /// <summary>True if the root of a text is an element of HTML, after an XML declaration and comments.</summary>
    private static bool IsHtml(SearchedText text)
    {
        var index = text.HasAt(0, "<?xml") ? AfterSpace(text, text.Skip(0, static character => character != '>') + 1) : 0;
        while (text.HasAt(index, "<!--"))
        {
            index += "<!--".Length;
            while (index < text.Length && !text.HasAt(index, "-->")) index++;
            index = AfterSpace(text, index + "-->".Length);
        }

        const string docType = "<!doctype";
        if (text.HasAt(index, "<html")) return IsEndOfWord(text[index + "<html".Length]);
        var name = AfterSpace(text, index + docType.Length);
        return text.HasAt(index, docType) && name > index + docType.Length && text.HasAt(name, "html") && IsEndOfWord(text[name + "html".Length]);
    }

    private static int AfterSpace(SearchedText text, int index) => text.Skip(index, char.IsWhiteSpace);

    private static bool IsEndOfWord(char character) => !char.IsLetterOrDigit(character) && character != '_';

    // JSON does not allow it, but some servers write it.
    private static ArraySegment<byte> WithoutByteOrderMark(ArraySegment<byte> body) => body.AsSpan() is [0xEF, 0xBB, 0xBF, ..]
        ? new ArraySegment<byte>(body.Array!, body.Offset + 3, body.Count - 3)
        : body;

    /// <summary>Notes that the reader reached the end. An error after that means that the text was cut.</summary>
    private sealed class EndNotingStream(ArraySegment<byte> text) : MemoryStream(text.Array!, text.Offset, text.Count, writable: false)
    {
        public bool EndWasReached { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            EndWasReached |= read == 0;
            return read;
        }
    }
}
