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
        var text = Encoding.UTF8.GetString(body).TrimEnd();
        return text.Length == 0 || (text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['<', ..] ? IsXmlCut(text.TrimStart('\uFEFF')) : IsJsonCut(body));
    }

    private static bool IsJsonCut(byte[] body)
    {
        // Told that more may come, the reader stops without complaint where the document stops; what is wrong before that, it refuses.
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

        return reader.CurrentDepth > 0 || reader.BytesConsumed < body.Length || reader.TokenType == JsonTokenType.None;
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
            // What is wrong is wrong at the end: the document was well-formed up to there.
            var lines = text.Replace("\r\n", "\n").Split('\n');
            return exception.LineNumber == lines.Length && exception.LinePosition >= lines[lines.Length - 1].Length;
        }
    }
}
