using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace CrRegistry.Emulator.Replies;

/// <summary>
/// Writes a reply as the service's XML. A list is a repeated element without a wrapper, so that an empty list
/// has no element. All values are text.
/// </summary>
internal static class XmlBody
{
    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(false) };

    public static byte[] Write(string root, JsonObject body)
    {
        using var buffer = new MemoryStream();

        // Through JSON, because the rows of a list may be a single node.
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
            // Numbers and booleans have the same text in JSON and XML.
            writer.WriteString(node?.ToString());
        }

        writer.WriteEndElement();
    }
}
