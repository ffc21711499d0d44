using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace CrRegistry.Module.Tests.Support;

/// <summary>
/// Writes an object as Export-Clixml and a remote session do, but deeper. What reflection says of the types of an error is written by
/// its name alone: it holds nothing of a user's, and is a thousand times what the rest is.
/// </summary>
internal static class Serialization
{
    private const int Depth = 6;

    private static readonly Lazy<Runspace> s_runspace = new(NewRunspace);

    public static string Of(object item)
    {
        // The serializer asks the thread's runspace how a type is to be written. This one knows of no other types than these.
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = s_runspace.Value;
        try
        {
            return PSSerializer.Serialize(item, Depth);
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }

    private static Runspace NewRunspace()
    {
        var state = InitialSessionState.Create();
        foreach (var type in new[] { typeof(MemberInfo), typeof(Assembly), typeof(System.Reflection.Module) })
            state.Types.Add(new SessionStateTypeEntry(new TypeData(type) { SerializationMethod = "String" }, isRemove: false));
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }
}
