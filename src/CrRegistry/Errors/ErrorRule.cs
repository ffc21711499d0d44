using System.Management.Automation;

namespace CrRegistry.Errors;

/// <summary>What a kind of failure means to a user.</summary>
/// <param name="Category">PowerShell's category.</param>
/// <param name="Scope">Whether it ends the pipeline.</param>
/// <param name="Advice">What to do next, in whole sentences; null where the service's words say it all.</param>
internal sealed record ErrorRule(ErrorCategory Category, ErrorScope Scope, string? Advice = null);
