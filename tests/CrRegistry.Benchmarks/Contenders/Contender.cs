using System.Diagnostics;

namespace CrRegistry.Benchmarks.Contenders;

/// <summary>Somebody who lists tags, in a process of its own.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Start">How its process starts.</param>
/// <param name="Input">What the process is given to read; null where nothing.</param>
internal sealed record Contender(string Name, Func<Load, ProcessStartInfo> Start, Func<Load, string>? Input = null);
