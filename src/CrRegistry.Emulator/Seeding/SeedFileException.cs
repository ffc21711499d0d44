namespace CrRegistry.Emulator.Seeding;

/// <summary>A seed file cannot be used; the message names the file and the place in it.</summary>
/// <param name="file">The file.</param>
/// <param name="place">Where in it, or null where it is about the whole file.</param>
/// <param name="reason">What is wrong.</param>
/// <param name="cause">The exception behind it.</param>
public sealed class SeedFileException(string file, string? place, string reason, Exception? cause = null)
    : Exception(place is null ? $"{file}: {reason}" : $"{file}: {place}: {reason}", cause);
