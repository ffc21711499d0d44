using System.Management.Automation;

namespace CrRegistry.Module.Tests.Support;

/// <summary>A row as Import-Csv returns it: every property is text.</summary>
internal static class CsvRow
{
    public static PSObject Of(PSObject item)
    {
        var row = new PSObject();
        foreach (var property in item.Properties) row.Properties.Add(new PSNoteProperty(property.Name, property.Value?.ToString() ?? string.Empty));
        return row;
    }
}
