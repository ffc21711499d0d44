using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Runs the process_command of a profile, which writes a credential. Its other output is never shown, because it may contain a secret.</summary>
/// <param name="timeout">The time limit of the program.</param>
internal sealed class ExternalProcess(TimeSpan timeout)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Seconds since 1970. A smaller number may be a duration instead of a time.</summary>
    private const long Year2000 = 946_684_800;

    /// <summary>The time limit of the official SDKs.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>True if the environment forbids programs and credential services, as in the CLI.</summary>
    public static bool IsForbidden => CredentialVariable.Read(CredentialVariable.ExternalProcessDisabled) == "1" || CredentialVariable.IsTrue(CredentialVariable.ExternalProcessDisabled);

    public async Task<Credential> GetCredentialAsync(ProfilePlace place, string command, CancellationToken cancellationToken)
    {
        if (IsForbidden) throw place.Broken($"runs a process_command, which {CredentialVariable.ExternalProcessDisabled} forbids");
        var words = CommandLine.Split(command, windows: Path.DirectorySeparatorChar == '\\');
        if (words is null or { Count: 0 }) throw place.Broken("has a process_command with an unclosed quote or a backslash at the end");
        if (string.IsNullOrWhiteSpace(words[0])) throw place.Broken("has a process_command without a program");
        return Parse(place, await RunAsync(place, words, cancellationToken).ConfigureAwait(false));
    }

    private async Task<byte[]> RunAsync(ProfilePlace place, List<string> words, CancellationToken cancellationToken)
    {
        using var process = Start(place, words);
        var exited = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        process.EnableRaisingEvents = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        process.StandardInput.Close();
        var output = ReadAsync(process, limit.Token);
        var timedOut = Task.Delay(Timeout.Infinite, limit.Token);
        if (await Task.WhenAny(Task.WhenAll(output, exited.Task), timedOut).ConfigureAwait(false) == timedOut)
        {
            Kill(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw place.Broken($"has the process_command '{NameOf(words)}', which did not exit within {timeout.TotalSeconds:0} seconds");
        }

        if (process.ExitCode != 0) throw place.Broken($"has the process_command '{NameOf(words)}', which exited with code {process.ExitCode}. Run it separately to find the cause");
        return await output.ConfigureAwait(false);
    }

    /// <summary>Starts the program at its absolute path. Neither the current folder nor the folder of the executable is searched.</summary>
    private static Process Start(ProfilePlace place, List<string> words)
    {
        var program = words[0];
        if (FilePath.IsAbsolute(program, FilePath.IsWindows)) return Start(place, words, program);
        if (!FilePath.IsBareName(program, FilePath.IsWindows))
            throw place.Broken($"has the process_command '{NameOf(words)}', whose path is relative. Specify an absolute path, or the name of a program in PATH");
        CrApiException? failure = null;
        foreach (var path in ProgramPath.FindAll(program))
        {
            try
            {
                return Start(place, words, path);
            }
            catch (CrApiException exception)
            {
                // A shell also skips a file that cannot be executed, and tries the later folders of PATH.
                failure ??= exception;
            }
        }

        throw failure ?? place.Broken($"has the process_command '{NameOf(words)}', whose program was not found in PATH");
    }

    private static Process Start(ProfilePlace place, List<string> words, string path)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, CommandLine.Join(words.Skip(1)))
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // The home folder, which belongs to the user. The program may search its working folder for a script or a module.
                WorkingDirectory = Path.GetDirectoryName(place.File),
            },
        };
        try
        {
            process.Start();
            return process;
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            // The message of the exception repeats the name of the program. For a directory it has no error code.
            var cause = Directory.Exists(path) ? " because it is a folder" : ": " + new Win32Exception(exception.NativeErrorCode).Message.TrimEnd('.');
            throw place.Broken($"has the process_command '{NameOf(words)}', which cannot be started{cause}");
        }
    }

    /// <summary>The program for an error. A variable assignment such as 'TOKEN=…' is omitted, because it may contain a secret.</summary>
    private static string NameOf(List<string> words) =>
        words[0].IndexOf('=') is >= 0 and var end ? words[0].Substring(0, end + 1) + Secrets.Mask : words[0];

    private static async Task<byte[]> ReadAsync(Process process, CancellationToken cancellationToken)
    {
        // Without a reader, the process would wait as soon as the pipe is full.
        var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, 4096, cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            // Output above the limit is not a credential. It is still read, so that the process can end.
            if (bytes.Length <= MaxBytes) bytes.Write(buffer, 0, count);
        }

        await errors.ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static Credential Parse(ProfilePlace place, byte[] output)
    {
        CliProfileFields? fields;
        try
        {
            fields = output.Length > MaxBytes ? null : JsonSerializer.Deserialize(output, CliConfigJson.Default.CliProfileFields);
        }
        catch (JsonException)
        {
            fields = null;
        }

        var isToken = string.Equals(fields?.Mode, "StsToken", StringComparison.OrdinalIgnoreCase);
        var isKey = string.Equals(fields?.Mode, "AK", StringComparison.OrdinalIgnoreCase);
        if (fields is null || !(isToken || isKey || string.IsNullOrEmpty(fields.Mode)))
            throw place.Broken("has a process_command that did not write a valid credential. Specify a program that writes JSON with the mode 'AK' or 'StsToken'");
        if (fields is { AccessKeyId: null or "" } or { AccessKeySecret: null or "" } || (isToken && fields.StsToken is null or ""))
            throw place.Broken("has a process_command that wrote a credential without its access_key_id, access_key_secret or sts_token");
        // For the mode AK the CLI ignores a token and the SDKs send it. Only keys that begin with 'STS.' need it.
        var token = isKey && !fields.AccessKeyId!.StartsWith("STS.", StringComparison.Ordinal) || fields.StsToken is "" ? null : fields.StsToken;
        if (!Credential.CanHold(fields.AccessKeyId) || !Credential.CanHold(fields.AccessKeySecret) || (token is not null && !Credential.CanHold(token)))
            throw place.Broken("has a process_command that wrote an invalid character, such as a space or accented letter");
        return new Credential(fields.AccessKeyId!, fields.AccessKeySecret!, token) { Expiration = ExpirationOf(fields.Expiration) };
    }

    /// <summary>Reads the expiration, which may also be seconds or milliseconds since 1970. As in the SDKs, an unknown format is not an error.</summary>
    private static DateTimeOffset? ExpirationOf(string? text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return text is { Length: > 4 } && text[4] == '-' ? CredentialReplies.ReadTime(text) : null;
        return number < Year2000 || number >= Year2000 * 10_000 ? null
            : DateTimeOffset.FromUnixTimeMilliseconds(number < Year2000 * 1000 ? number * 1000 : number);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // The process ended in the meantime.
        }
    }
}
