namespace CrRegistry.Emulator.Faults;

/// <summary>A fault to be given to a call.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="RetryAfter">What the header <c>x-acs-retry-after</c> says, in whole milliseconds; null leaves it out.</param>
public sealed record Fault(FaultKind Kind, TimeSpan? RetryAfter = null);
