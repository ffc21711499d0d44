namespace CrRegistry.Emulator.Faults;

/// <summary>A simulated fault of a call.</summary>
/// <param name="Kind">The kind of the fault.</param>
/// <param name="RetryAfter">The value of the header <c>x-acs-retry-after</c>, in whole milliseconds; null for no header.</param>
public sealed record Fault(FaultKind Kind, TimeSpan? RetryAfter = null);
