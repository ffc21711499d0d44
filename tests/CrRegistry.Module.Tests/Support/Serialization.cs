using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace CrRegistry.Module.Tests.Support;

/// <summary>
/// Serializes an object like Export-Clixml and a remote session, but deeper. Reflection data about the types of an error is written as
/// its name only, because it contains no user data and is a thousand times as large as the rest.
/// </summary>
internal static class Serialization
{
    private const int Depth = 6;

    private static readonly Lazy<Runspace> s_runspace = new(NewRunspace);

    public static string Of(object item)
    {
        // The serializer reads the type data of the thread's runspace. This runspace has only these types.
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
