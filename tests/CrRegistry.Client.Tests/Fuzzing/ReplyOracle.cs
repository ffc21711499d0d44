using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>The content of a body, read without code of the client: the names of its rows, and an empty list.</summary>
/// <param name="Rows">The tags in Images, in their order.</param>
/// <param name="SaysNone">True if it is a complete reply with an empty list.</param>
internal sealed partial record ReplyOracle(IReadOnlyList<string?> Rows, bool SaysNone)
{
    /// <summary>Returns null if the body is neither complete JSON nor complete XML.</summary>
    public static ReplyOracle? Of(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF');
        try
        {
            return text.TrimStart().StartsWith('<') ? OfXml(text) : OfJson(text);
        }
        catch (Exception exception) when (exception is JsonException or XmlException)
        {
            return null;
        }
    }

    private static ReplyOracle OfJson(string text)
    {
        using var document = JsonDocument.Parse(Escape().Replace(text, static escape => escape.Value == @"\ud800" ? @"\ufffd" : escape.Value));
        var root = document.RootElement;
        var total = root.TryGetProperty("TotalCount", out var count) ? count.ToString() : null;
        var hasList = root.TryGetProperty("Images", out var images) && images.ValueKind == JsonValueKind.Array;
        var rows = hasList ? images.EnumerateArray().Select(row => row.GetProperty("Tag").ToString()).ToArray() : [];
        // Without a number of rows, an empty list is sufficient.
        var isNumber = long.TryParse(total, out var number) && number >= 0;
        return new ReplyOracle(rows, rows.Length == 0 && (isNumber ? number == 0 : hasList));
    }

    private static ReplyOracle OfXml(string text)
    {
        var fields = XElement.Parse($"<all>{Declaration().Replace(text, string.Empty)}</all>");
        var children = fields.Elements().ToArray();
        if (children is [{ Name.LocalName: not ("Images" or "Code" or "IsSuccess" or "Success" or "Message" or "RequestId" or "TotalCount" or "PageSize") }]) fields = children[0];
        var rows = fields.Elements().Where(row => row.Name.LocalName == "Images" && row.HasElements).Select(row => row.Elements().FirstOrDefault(field => field.Name.LocalName == "Tag")?.Value);
        return new ReplyOracle([.. rows], IsZero(fields.Elements().FirstOrDefault(field => field.Name.LocalName == "TotalCount")?.Value));
    }

    private static bool IsZero(string? total) => long.TryParse(total, out var count) && count == 0;

    /// <summary>An escape of JSON. The mutations write one lone surrogate, which counts as U+FFFD.</summary>
    [GeneratedRegex(@"\\(ud800|.)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^\s*<\?xml[^>]*\?>")]
    private static partial Regex Declaration();
}
