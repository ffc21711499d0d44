using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using System.Security;
using System.Text;

namespace CrRegistry.Module.Tests.Support;

/// <summary>
/// All texts that can be reached from an object through its fields, including private ones, and through the properties of errors.
/// Excluded are objects that do not belong to the error: a credential that the user specified, which PowerShell keeps in the invocation, the context
/// (except its public properties), and the engine, from which every variable of the user can be reached.
/// </summary>
internal static class ObjectGraph
{
    private const int Deepest = 20;
    private const int MostObjects = 300_000;

    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<(string Path, string Text)> Texts(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var queue = new Queue<(string Path, object Item, int Depth)>([(root.GetType().Name, root, 0)]);
        while (queue.TryDequeue(out var next) && seen.Count < MostObjects)
        {
            var (path, item, depth) = next;
            if (IsOutside(item) || (!item.GetType().IsValueType && !seen.Add(item))) continue;
            foreach (var text in TextsOf(item)) yield return (path, text);
            if (depth == Deepest || item is string) continue;
            foreach (var (name, value) in Parts(item))
            {
                if (value is not null && !value.GetType().IsPrimitive && !value.GetType().IsEnum) queue.Enqueue(($"{path}.{name}", value, depth + 1));
            }
        }

        Assert.True(seen.Count < MostObjects, "The walk left the errors for something that has no end.");
    }

    private static IEnumerable<string> TextsOf(object item)
    {
        switch (item)
        {
            case string text: yield return text; break;
            case char[] characters: yield return new string(characters); break;
            case byte[] bytes:
                yield return Encoding.UTF8.GetString(bytes);
                yield return Encoding.Unicode.GetString(bytes);
                break;
            case StringBuilder or Uri or Exception or ErrorRecord: yield return item.ToString()!; break;
        }
    }

    private static IEnumerable<(string Name, object? Value)> Parts(object item)
    {
        if (item is Array array)
        {
            if (array.GetType().GetElementType()!.IsPrimitive) yield break;
            foreach (var element in array) yield return ("[]", element);
            yield break;
        }

        if (item is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary) yield return ($"[{entry.Key}]", entry.Value);
        }

        for (var type = item.GetType(); type is not null; type = type.BaseType)
        {
            if (!IsContext(item))
            {
                foreach (var field in type.GetFields(Declared).Where(field => !field.FieldType.IsPointer && !field.FieldType.IsByRefLike)) yield return (field.Name, field.GetValue(item));
            }

            if (item is not (Exception or ErrorRecord or ErrorDetails or InvocationInfo) && !IsContext(item)) continue;
            foreach (var property in type.GetProperties(Declared).Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is not null && (!IsContext(item) || property.GetMethod.IsPublic)))
                yield return (property.Name, Get(property, item));
        }
    }

    private static object? Get(PropertyInfo property, object item)
    {
        try
        {
            return property.GetValue(item);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static bool IsContext(object item) => item.GetType().FullName == "CrRegistry.CrContext";

    private static bool IsOutside(object item) =>
        item is MemberInfo or Assembly or System.Reflection.Module or Pointer or Thread or WeakReference or PSCredential or SecureString or CommandInfo or PSModuleInfo or SessionState or PSHost or ScriptBlock
        || item.GetType() is var type && (type.FullName!.StartsWith("System.Reflection.", StringComparison.Ordinal)
            || type.FullName.StartsWith("System.Management.Automation.ExecutionContext", StringComparison.Ordinal)
            || type.FullName.StartsWith("System.Management.Automation.SessionState", StringComparison.Ordinal)
            || type.FullName.StartsWith("System.Management.Automation.Language.", StringComparison.Ordinal)
            || type.FullName.StartsWith("System.Management.Automation.Runspaces.", StringComparison.Ordinal));
}
