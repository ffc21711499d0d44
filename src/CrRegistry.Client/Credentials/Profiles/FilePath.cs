namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// Rules for paths that files and the environment specify. They are not resolved against the current folder. Otherwise a person with write access to a folder
/// in which a shell is started could choose the identity or run a program.
/// </summary>
internal static class FilePath
{
    public static bool IsWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>True if the path does not depend on the current folder or drive. <c>Path.IsPathRooted</c> is also true for <c>\a</c> and <c>C:a</c>.</summary>
    public static bool IsAbsolute(string path, bool windows)
    {
        if (!windows) return path.Length > 0 && path[0] == '/';
        return path.Length > 2 && ((IsSeparator(path[0]) && IsSeparator(path[1]) && !IsSeparator(path[2])) || (IsLetter(path[0]) && path[1] == ':' && IsSeparator(path[2])));
    }

    /// <summary>True if the text is the name of a program without a folder or a drive.</summary>
    public static bool IsBareName(string program, bool windows) => program.IndexOf('/') < 0 && !(windows && program.IndexOfAny(['\\', ':']) >= 0);

    private static bool IsSeparator(char character) => character is '\\' or '/';

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
