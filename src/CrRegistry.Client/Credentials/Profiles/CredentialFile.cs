using System.Text;
using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Reads the files of the chain, which are small and UTF-8.</summary>
internal static class CredentialFile
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text without a byte order mark; null where there is no such file.</returns>
    /// <exception cref="CrApiException">The file is there, but is not readable or no text.</exception>
    public static string? Read(string path)
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

    /// <summary>A file in the user's home.</summary>
    public static string InHome(params string[] parts) => Path.Combine([Home, .. parts]);

    // On Windows the CLI, which writes the file, goes by these.
    private static string Home =>
        CredentialVariable.Read("HOMEDRIVE") is { } drive && CredentialVariable.Read("HOMEPATH") is { } path && Path.DirectorySeparatorChar == '\\'
            ? drive + path
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

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
