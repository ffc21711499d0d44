using System.Text;
using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Reads the files of the chain, which are small and UTF-8.</summary>
internal static class CredentialFile
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file in the user's home folder.</summary>
    /// <param name="path">The file. A folder on its way that cannot be entered means that there is no file.</param>
    /// <returns>The text without a byte order mark; null if there is no such file.</returns>
    /// <exception cref="CrApiException">The file exists, but cannot be read or is not text.</exception>
    public static string? ReadInHome(string path)
    {
        // Of a file whose folder cannot be entered, .NET says that access is denied. File.Exists is false for it, and for its folder.
        return Directory.Exists(Path.GetDirectoryName(path)) ? Read(path) : null;
    }

    /// <summary>Reads a file that the environment or a profile names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="namedBy">The variable or field that names it.</param>
    /// <returns>The text without a byte order mark; null if there is no such file.</returns>
    /// <exception cref="CrApiException">The path is relative, or the file exists but cannot be read or is not text.</exception>
    public static string? ReadNamed(string path, string namedBy) => FilePath.IsAbsolute(path, FilePath.IsWindows)
        ? Read(path)
        : throw CredentialFailure.Of($"The path '{ServiceText.Shown(path)}' of {namedBy} is relative. Specify an absolute path: no file is read from the current folder.");

    private static string? Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return s_strict.GetString(ReadBytes(stream, path)).TrimStart('\uFEFF');
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' is not text in UTF-8.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Of a directory .NET says that access is denied.
            throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' cannot be read: {(Directory.Exists(path) ? "it is a directory" : ServiceText.Shown(exception.Message.TrimEnd('.')))}.");
        }
    }

    private static byte[] ReadBytes(Stream stream, string path)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (stream.Read(buffer, 0, buffer.Length) is var count and > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MaxBytes) throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' is larger than {MaxBytes / 1024} KB: it is none of credentials.");
        }

        return bytes.ToArray();
    }
}
