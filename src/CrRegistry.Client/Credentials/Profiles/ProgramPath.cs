namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Finds the program of a process_command. .NET would search the folder of the executable and the current folder before PATH.</summary>
internal static class ProgramPath
{
    /// <summary>The extensions that Windows can start without a shell.</summary>
    private static readonly string[] s_extensions = [".com", ".exe", ".bat", ".cmd"];

    /// <summary>Returns the existing files of a name in the folders of PATH, in order. Relative folders and empty entries, which mean the current folder, are skipped.</summary>
    public static IEnumerable<string> FindAll(string name) =>
        FindAll(name, Environment.GetEnvironmentVariable("PATH") ?? "", FilePath.IsWindows, File.Exists);

    internal static IEnumerable<string> FindAll(string name, string path, bool windows, Func<string, bool> exists) => path
        .Split(windows ? ';' : ':')
        .Select(folder => windows ? folder.Trim().Trim('"') : folder)
        .Where(folder => FilePath.IsAbsolute(folder, windows))
        .SelectMany(folder => FileNames(name, windows).Select(file => folder.TrimEnd(windows ? '\\' : '/') + (windows ? '\\' : '/') + file))
        .Where(exists);

    /// <summary>
    /// Returns the file names of a program. On Windows a name without an extension is not tried unchanged, because Windows cannot start such a file.
    /// </summary>
    private static IEnumerable<string> FileNames(string name, bool windows) =>
        !windows || s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) ? [name] : s_extensions.Select(extension => name + extension);
}
