using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Decoding;

/// <summary>
/// Reads a reply in XML into the classes for JSON, by the same contract of names and types. A field is an element,
/// a list is a repeated element, and a scalar is text or a number. Attributes, comments and unknown elements are ignored.
/// The documentation shows replies without a root, and the service returns them with one. Both are accepted.
/// </summary>
internal sealed class XmlReplyReader
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly XmlReader _xml;
    private readonly bool _isTolerant;

    /// <summary>The rows of each list. A list is complete after its last element only.</summary>
    private readonly List<(object Target, JsonPropertyInfo Property, IList Rows)> _lists = [];

    private XmlReplyReader(XmlReader xml, bool isTolerant) => (_xml, _isTolerant) = (xml, isTolerant);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text. Only the result is kept.</param>
    /// <param name="type">The contract. Another type than an envelope is a rejection. Its fields that contain elements instead of text are ignored.</param>
    /// <param name="isFragment">True if the fields have no root.</param>
    /// <exception cref="XmlException">The text is not XML, or does not match the type.</exception>
    public static T Read<T>(Stream text, JsonTypeInfo<T> type, out bool isFragment)
    {
        using var xml = XmlReader.Create(text, s_settings);
        return (T)new XmlReplyReader(xml, isTolerant: !typeof(Envelope).IsAssignableFrom(typeof(T))).ReadReply(type, out isFragment);
    }

    private object ReadReply(JsonTypeInfo type, out bool isFragment)
    {
        var fields = type.CreateObject!();
        var inRoot = fields;
        var elements = 0;
        while (NextElement())
        {
            elements++;
            if (elements == 1 && Find(type) is null) ReadFields(inRoot = type.CreateObject(), type);
            else ReadField(fields, type);
        }

        // A single element that is not a field is the root. Beside other elements it is an unknown field.
        isFragment = elements != 1 || inRoot == fields;
        SetLists();
        return isFragment ? fields : inRoot;
    }

    /// <summary>Reads the elements in the current one.</summary>
    /// <returns>True if there is any.</returns>
    private bool ReadFields(object target, JsonTypeInfo type)
    {
        if (_xml.IsEmptyElement || !NextElement()) return false;
        do ReadField(target, type);
        while (NextElement());
        return true;
    }

    private void ReadField(object target, JsonTypeInfo type)
    {
        if (Find(type) is not { } property)
        {
            Skip();
            return;
        }

        var propertyType = type.Options.GetTypeInfo(property.PropertyType);
        if (propertyType.Kind == JsonTypeInfoKind.Enumerable)
        {
            var rowType = type.Options.GetTypeInfo(propertyType.ElementType!);
            var row = rowType.CreateObject!();
            RowsOf(target, property, propertyType).Add(ReadFields(row, rowType) ? row : null);
            return;
        }

        try
        {
            property.Set!(target, ReadValue(propertyType));
        }
        catch (JsonException)
        {
            throw Wrong($"'{property.Name}' occurs twice");
        }
    }

    private object? ReadValue(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return type.Type == typeof(NumberField) ? NumberField.Of(ReadText()) : ReadText();
        var fields = type.CreateObject!();
        return ReadFields(fields, type) ? fields : null;
    }

    private string? ReadText()
    {
        if (_xml.IsEmptyElement) return string.Empty;
        var text = new StringBuilder();
        var hasElements = false;
        while (Next() && _xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType == XmlNodeType.Element)
            {
                if (!_isTolerant) throw Wrong($"'{_xml.LocalName}' is an element where text is expected");
                hasElements = true;
                Skip();
            }
            else
            {
                text.Append(_xml.Value);
            }
        }

        return hasElements ? null : text.ToString();
    }

    private IList RowsOf(object target, JsonPropertyInfo property, JsonTypeInfo listType)
    {
        foreach (var list in _lists)
            if (list.Target == target && list.Property == property) return list.Rows;
        var rows = (IList)listType.CreateObject!();
        _lists.Add((target, property, rows));
        return rows;
    }

    /// <summary>An empty element that is the only one of a list may represent an empty list. It counts as no list.</summary>
    private void SetLists()
    {
        foreach (var (target, property, rows) in _lists)
            if (rows is not [null]) property.Set!(target, rows);
    }

    private JsonPropertyInfo? Find(JsonTypeInfo type)
    {
        var comparison = type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return type.Properties.FirstOrDefault(property => property.Name.Equals(_xml.LocalName, comparison));
    }

    private void Skip()
    {
        if (_xml.IsEmptyElement) return;
        var depth = _xml.Depth;
        while (Next() && _xml.Depth > depth)
        {
        }
    }

    /// <summary>Goes to the next element inside the current one.</summary>
    /// <returns>False at the end of the current element.</returns>
    private bool NextElement()
    {
        while (Next())
        {
            if (_xml.NodeType == XmlNodeType.Element) return true;
            if (_xml.NodeType == XmlNodeType.EndElement) return false;
            if (!_isTolerant && _xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA)) throw Wrong("it contains text where elements are expected");
        }

        return false;
    }

    private bool Next()
    {
        if (!_xml.Read()) return false;
        return _xml.Depth <= ReplyBody.MaxDepth ? true : throw Wrong($"it is nested deeper than {ReplyBody.MaxDepth} elements");
    }

    private XmlException Wrong(string problem)
    {
        var place = (IXmlLineInfo)_xml;
        return new XmlException(problem, null, place.LineNumber, place.LinePosition);
    }
}
