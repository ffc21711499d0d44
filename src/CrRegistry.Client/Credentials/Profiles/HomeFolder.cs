namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The user's home folder, where the aliyun CLI and the official SDKs keep their files.</summary>
internal static class HomeFolder
{
    /// <summary>Finds the home folder.</summary>
    /// <param name="absence">The reason why there is no home folder, as a part of a sentence; null if there is one.</param>
    /// <returns>An absolute path to an existing folder, or null. Credential files are then not read.</returns>
    public static string? Find(out string? absence)
    {
        var folder = Candidate(static name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null, FilePath.IsWindows);
        absence = folder.Length == 0 ? "the home folder of this account is unknown"
            : !FilePath.IsAbsolute(folder, FilePath.IsWindows) ? $"the home folder '{FileText.Name(folder)}' is not an absolute path"
            : !Directory.Exists(folder) ? $"the home folder '{FileText.Name(folder)}' does not exist"
            : null;
        return absence is null ? folder : null;
    }

    /// <summary>
    /// Returns the folder that the environment specifies, or else that of the account. If the specified folder cannot be used, it is not replaced by
    /// another one, because the files there may belong to another user.
    /// </summary>
    internal static string Candidate(Func<string, string?> read, bool windows)
    {
        if (!windows) return read("HOME") ?? OfAccount();
        // In the order of the aliyun CLI, which writes the file.
        return read("HOMEDRIVE") is { } drive && read("HOMEPATH") is { } path ? drive + path : read("USERPROFILE") ?? OfAccount();
    }

    /// <summary>Returns the home folder without verification. With verification, .NET returns an empty text for a missing folder, which makes every path relative.</summary>
    private static string OfAccount() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
}
