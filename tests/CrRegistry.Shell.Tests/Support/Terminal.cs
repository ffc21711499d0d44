using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace CrRegistry.Shell.Tests.Support;

/// <summary>
/// A program in a pseudo-terminal, which the command <c>script</c> of util-linux creates. The terminal has 120 columns and
/// records its input. It only supports the query of the cursor position.
/// </summary>
internal sealed partial class Terminal : IDisposable
{
    /// <summary>Ctrl+C.</summary>
    public const string Interrupt = "\x03";

    private const string CursorRequest = "\x1b[6n";

    // Generous, because the computer may be busy.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly Process _script;
    private readonly StringBuilder _text = new();
    private readonly Task _reading;
    private readonly string _mark = Guid.NewGuid().ToString("N");

    public Terminal(params string[] command)
    {
        var line = string.Join(' ', command.Select(argument => $"'{argument}'"));
        // In the background of a shell, tests start with Ctrl+C ignored, which a child process would inherit.
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--flush", "--command", $"stty cols 120 rows 50; exec env --default-signal=INT {line}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Paths.Root,
            Environment = { ["TERM"] = "xterm-256color", ["SHELL"] = "/bin/sh", ["CRREGISTRY_TEST_MARK"] = _mark },
        };
        _script = Process.Start(start)!;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The text that the terminal received so far, without colors and cursor movements.</summary>
    public string Text
    {
        get
        {
            lock (_text) return EscapeSequence().Replace(_text.ToString(), "");
        }
    }

    /// <summary>Types keys.</summary>
    public void Type(string keys)
    {
        lock (_script)
        {
            _script.StandardInput.Write(keys);
            _script.StandardInput.Flush();
        }
    }

    /// <summary>Waits until the terminal has received a text.</summary>
    /// <returns>The text that it received since <paramref name="from"/>.</returns>
    public async Task<string> WaitForAsync(string text, int from = 0)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_limit; await Task.Delay(50))
        {
            if (Text[from..] is var received && received.Contains(text, StringComparison.Ordinal)) return received;
            if (_script.HasExited && _reading.IsCompleted) break;
        }

        throw new Xunit.Sdk.XunitException($"The terminal did not receive '{text}'. It received:\n{Text[from..]}");
    }

    /// <summary>Waits until the program ends.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _script.WaitForExitAsync().WaitAsync(s_limit);
        await _reading;
        return _script.ExitCode;
    }

    /// <summary>Closes the terminal while the program runs.</summary>
    public void Close() => _script.Kill();

    /// <summary>Returns the processes that were started in this terminal and still run.</summary>
    public IReadOnlyList<string> Processes() => [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Where(HasMark)];

    public void Dispose()
    {
        if (!_script.HasExited) _script.Kill(entireProcessTree: true);
        _script.Dispose();
    }

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex EscapeSequence();

    private bool HasMark(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Join(folder, "environ")).Contains(_mark, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return false;
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _script.StandardOutput.ReadAsync(buffer) is var count and > 0)
        {
            var received = new string(buffer, 0, count);
            lock (_text) _text.Append(received);
            if (received.Contains(CursorRequest, StringComparison.Ordinal)) Type("\x1b[1;1R");
        }
    }
}
