using System.Diagnostics;

namespace CrRegistry.Benchmarks.Contenders;

/// <summary>A program that lists tags in a separate process.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Start">The command that starts its process.</param>
/// <param name="Input">The standard input of the process, or null.</param>
internal sealed record Contender(string Name, Func<Load, ProcessStartInfo> Start, Func<Load, string>? Input = null);
