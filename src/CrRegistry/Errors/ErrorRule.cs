using System.Management.Automation;

namespace CrRegistry.Errors;

/// <summary>The category, scope and advice for a kind of failure.</summary>
/// <param name="Category">PowerShell's category.</param>
/// <param name="Scope">The part of the pipeline that fails.</param>
/// <param name="Advice">The next step, in complete sentences; null if the message of the service is sufficient.</param>
internal sealed record ErrorRule(ErrorCategory Category, ErrorScope Scope, string? Advice = null);
