using System.Globalization;
using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry;

/// <summary>Creates PowerShell objects from the values of a reply, with unchanged names and text.</summary>
internal static class ApiOutput
{
    /// <summary>The type name of the objects, for the view that makes their text safe to display.</summary>
    private const string TypeName = "CrRegistry.ApiObject";

    /// <summary>The names that PowerShell does not accept for a property, or that the view uses.</summary>
    private static readonly string[] s_reserved = ["", "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames", "PSStandardMembers", "DisplayFields"];

    /// <summary>Returns an object for each object, an array for each array, and all other values as they are.</summary>
    public static object? Of(object? value) => value switch
    {
        ApiObject fields => OfFields(fields),
        object?[] items => Array.ConvertAll(items, Of),
        _ => value,
    };

    private static PSObject OfFields(ApiObject fields)
    {
        var item = new PSObject();
        item.TypeNames.Insert(0, TypeName);
        var names = new HashSet<string>(s_reserved, StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields.Fields) item.Properties.Add(new PSNoteProperty(Unique(field.Key), Of(field.Value)), preValidated: true);
        return item;

        // PowerShell does not distinguish names that differ only in case: the second one is 'name_2'.
        string Unique(string name)
        {
            var unique = name;
            for (var number = 2; !names.Add(unique); number++) unique = $"{name}_{number.ToString(CultureInfo.InvariantCulture)}";
            return unique;
        }
    }
}
