using System.Runtime.ExceptionServices;
using System.Text;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Reads the files of the chain, which are small and UTF-8.</summary>
internal static class CredentialFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The time limit for a file, which is longer than a slow network share needs. A named pipe without a writer never opens.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Reads a file in the user's home folder.</summary>
    /// <param name="path">The file. If one of its folders is not accessible, the file is treated as missing.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The text without a byte order mark; null if there is no such file.</returns>
    /// <exception cref="CrApiException">The file exists, but cannot be read or is not text.</exception>
    // If the folder is not accessible, .NET reports 'access denied' for the file and that the folder does not exist.
    public static string? ReadInHome(string path, CancellationToken cancellationToken) => Directory.Exists(Path.GetDirectoryName(path)) ? Read(path, s_limit, cancellationToken) : null;

    /// <summary>Reads a file that the environment or a profile specifies.</summary>
    /// <param name="path">The file.</param>
    /// <param name="namedBy">The variable or field that specifies it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The text without a byte order mark; null if there is no such file.</returns>
    /// <exception cref="CrApiException">The path is relative, or the file exists but cannot be read or is not text.</exception>
    public static string? ReadNamed(string path, string namedBy, CancellationToken cancellationToken) => FilePath.IsAbsolute(path, FilePath.IsWindows)
        ? Read(path, s_limit, cancellationToken)
        : throw CredentialFailure.Of($"The path '{ServiceText.Shown(path)}' of {namedBy} is relative. Specify an absolute path, because no file is read from the current folder.");

    /// <summary>Reads on a separate thread, because the opening of a named pipe cannot be canceled.</summary>
    internal static string? Read(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        string? text = null;
        ExceptionDispatchInfo? failure = null;
        // Not disposed, because the thread may still release it after the timeout. It has no handle.
        var finished = new SemaphoreSlim(0);
        new Thread(() =>
        {
            try
            {
                text = Read(path);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            finished.Release();
        })
        {
            IsBackground = true,
            Name = nameof(CredentialFile),
        }.Start();
        if (!finished.Wait(limit, cancellationToken))
            throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' could not be read within {limit.TotalSeconds:0} seconds. If it is a named pipe, nothing writes to it.");
        failure?.Throw();
        return text;
    }

    private static string? Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // A comment may have another encoding. Values are checked where they are used.
            var text = Encoding.UTF8.GetString(ReadBytes(stream, path)).TrimStart('\uFEFF');
            return text.IndexOf('\0') < 0 ? text : throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' is not text in UTF-8.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // For a directory, .NET reports 'access denied'.
            throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' cannot be read{(Directory.Exists(path) ? " because it is a folder" : ": " + ServiceText.Shown(exception.Message.TrimEnd('.')))}.");
        }
    }

    private static byte[] ReadBytes(Stream stream, string path)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (stream.Read(buffer, 0, buffer.Length) is var count and > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MaxBytes) throw CredentialFailure.Of($"The file '{ServiceText.Shown(path)}' is larger than {MaxBytes / 1024} KB and cannot be a credential file.");
        }

        return bytes.ToArray();
    }
}
