using System.Reflection;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The error table of the staged and imported module. It is called directly, so that no row needs the retries of a complete call.</summary>
internal static class StagedErrorTable
{
    /// <summary>Returns the rule of a failure: category, scope and advice.</summary>
    public static (string Category, string Scope, string? Advice) RuleOf(string code, int? status, string action, bool isOutcomeUnknown = false)
    {
        var module = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "CrRegistry");
        var rules = module.GetType("CrRegistry.Errors.ErrorTable", throwOnError: true)!.GetMethod("RuleOf")!;
        var failure = Activator.CreateInstance(rules.GetParameters()[0].ParameterType, "It failed.")!;
        foreach (var (property, value) in new (string, object?)[] { ("Code", code), ("HttpStatus", status), ("Action", action), ("IsOutcomeUnknown", isOutcomeUnknown) })
            failure.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)!.SetValue(failure, value);
        var rule = rules.Invoke(null, [failure])!;
        return (Of("Category")!, Of("Scope")!, Of("Advice"));

        string? Of(string property) => rule.GetType().GetProperty(property)!.GetValue(rule)?.ToString();
    }

    /// <summary>The codes of its rows.</summary>
    public static IReadOnlyList<string> Codes
    {
        get
        {
            var table = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "CrRegistry").GetType("CrRegistry.Errors.ErrorTable")!;
            var rows = (System.Collections.IEnumerable)table.GetField("s_rules", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
            return [.. rows.Cast<System.Runtime.CompilerServices.ITuple>().Select(row => (string)row[0]!)];
        }
    }
}
