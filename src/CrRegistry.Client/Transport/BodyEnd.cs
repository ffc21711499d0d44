using System.Text;
using System.Text.Json;
using System.Xml;

namespace CrRegistry.Client.Transport;

/// <summary>
/// Tells a document that ends in the middle, which is worth asking for again, from one that is whole and wrong.
/// Only a proxy that cuts and makes up the length lets one through; HTTP notices it otherwise.
/// </summary>
internal static class BodyEnd
{
    /// <summary>Whether a body is the beginning of a JSON or XML document, and not all of it.</summary>
    public static bool IsMissing(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        return text.Length == 0 || (text[0] == '<' ? IsXmlCut(text) : IsJsonCut(text));
    }

    private static bool IsJsonCut(string text)
    {
        // Told that more may come, the reader stops without complaint where the document stops; what is wrong before that, it refuses.
        var body = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return reader.BytesConsumed < body.Length || reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
    }

    private static bool IsXmlCut(string text)
    {
        using var reader = XmlReader.Create(
            new StringReader(text), new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        try
        {
            while (reader.Read())
            {
            }

            return false;
        }
        catch (XmlException exception)
        {
            // The document is well-formed up to its last tag or entity: that one is not all there, or what ought to follow it.
            var before = text.Substring(0, text.LastIndexOfAny(['<', '&']));
            var line = before.Count(character => character == '\n') + 1;
            return exception.LineNumber > line || (exception.LineNumber == line && exception.LinePosition > before.Length - before.LastIndexOf('\n') - 1);
        }
    }
}
