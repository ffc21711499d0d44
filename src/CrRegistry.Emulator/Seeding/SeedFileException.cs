namespace CrRegistry.Emulator.Seeding;

/// <summary>The exception for an invalid seed file. The message contains the file and the place in it.</summary>
/// <param name="file">The file.</param>
/// <param name="place">The place in the file, or null for the whole file.</param>
/// <param name="reason">The problem.</param>
/// <param name="cause">The exception that caused it.</param>
public sealed class SeedFileException(string file, string? place, string reason, Exception? cause = null)
    : Exception(place is null ? $"{file}: {reason}" : $"{file}: {place}: {reason}", cause);
