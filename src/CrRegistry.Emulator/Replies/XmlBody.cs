using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace CrRegistry.Emulator.Replies;

/// <summary>
/// Writes a reply as the service's XML: a list is its element repeated, without a wrapper, so an empty one
/// leaves no trace; all values are text.
/// </summary>
internal static class XmlBody
{
    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(false) };

    public static byte[] Write(string root, JsonObject body)
    {
        using var buffer = new MemoryStream();

        // Through JSON, because the rows of a list may be one node that is written at once.
        using (var writer = XmlWriter.Create(buffer, s_settings))
            WriteElement(writer, root, JsonSerializer.SerializeToNode(body));
        return buffer.ToArray();
    }

    private static void WriteElement(XmlWriter writer, string name, JsonNode? node)
    {
        if (node is JsonArray rows)
        {
            foreach (JsonNode? row in rows)
                WriteElement(writer, name, row);
            return;
        }

        writer.WriteStartElement(name);
        if (node is JsonObject fields)
        {
            foreach ((string field, JsonNode? value) in fields)
                WriteElement(writer, field, value);
        }
        else
        {
            // JSON's text of a number or boolean is also XML's.
            writer.WriteString(node?.ToString());
        }

        writer.WriteEndElement();
    }
}
