using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;

namespace CrRegistry.Stub
{
    /// <summary>
    /// Runs a program in a separate terminal and returns the output on the screen. It needs only the C library,
    /// and is for Linux only, because the constants differ elsewhere, and Windows has another kind of terminal.
    /// </summary>
    public static class PseudoTerminal
    {
        private const int ReadWrite = 2;
        private const int NoControllingTerminal = 0x100;
        private const short NewSession = 0x80;
        private const uint SetWindowSize = 0x5414;

        /// <summary>Larger than the opaque structures of any C library.</summary>
        private const int StructureSize = 1024;

        /// <summary>Programs query the position of the cursor, and a terminal has to reply.</summary>
        private const string CursorQuery = "\u001b[6n";

        /// <summary>Runs a program to its end.</summary>
        public static string Run(string[] commandLine, ushort columns, ushort rows, TimeSpan patience)
        {
            var terminal = Check(posix_openpt(ReadWrite | NoControllingTerminal), "posix_openpt");
            Check(grantpt(terminal), "grantpt");
            Check(unlockpt(terminal), "unlockpt");
            var size = new WindowSize { Rows = rows, Columns = columns };
            Check(ioctl(terminal, (UIntPtr)SetWindowSize, ref size), "ioctl");
            var process = Start(commandLine, Marshal.PtrToStringAnsi(ptsname(terminal)));
            var screen = new List<byte>();
            var reading = Task.Run(() => Read(terminal, screen));
            var ended = reading.Wait(patience);
            if (!ended) kill(process, 9);
            int status;
            waitpid(process, out status, 0);
            close(terminal);
            if (!ended) throw new TimeoutException("The program did not end. The screen is:\n" + Encoding.UTF8.GetString(screen.ToArray()));
            return Encoding.UTF8.GetString(screen.ToArray());
        }

        /// <summary>Starts a program in a separate session. The terminal that it opens first then controls that session.</summary>
        private static int Start(string[] commandLine, string terminal)
        {
            var actions = Marshal.AllocHGlobal(StructureSize);
            var attributes = Marshal.AllocHGlobal(StructureSize);
            var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(entry => (string)entry.Key != "TERM" && (string)entry.Key != "NO_COLOR")
                .Select(entry => entry.Key + "=" + entry.Value).Concat(new[] { "TERM=xterm-256color" });
            posix_spawn_file_actions_init(actions);
            posix_spawn_file_actions_addopen(actions, 0, terminal, ReadWrite, 0);
            posix_spawn_file_actions_adddup2(actions, 0, 1);
            posix_spawn_file_actions_adddup2(actions, 0, 2);
            posix_spawnattr_init(attributes);
            posix_spawnattr_setflags(attributes, NewSession);
            int process;
            var error = posix_spawnp(out process, commandLine[0], actions, attributes, commandLine.Concat(new string[] { null }).ToArray(), environment.Concat(new string[] { null }).ToArray());
            Marshal.FreeHGlobal(actions);
            Marshal.FreeHGlobal(attributes);
            if (error != 0) throw new IOException("posix_spawnp failed with error " + error + ".");
            return process;
        }

        /// <summary>Reads until the last program has closed the terminal, which is an error on Linux.</summary>
        private static void Read(int terminal, List<byte> screen)
        {
            var buffer = new byte[4096];
            var asked = 0;
            while (true)
            {
                var count = (int)read(terminal, buffer, (UIntPtr)buffer.Length);
                if (count <= 0) return;
                for (var place = 0; place < count; place++)
                {
                    screen.Add(buffer[place]);
                    asked = buffer[place] == CursorQuery[asked] ? asked + 1 : buffer[place] == CursorQuery[0] ? 1 : 0;
                    if (asked < CursorQuery.Length) continue;
                    write(terminal, "\u001b[1;1R", (UIntPtr)6);
                    asked = 0;
                }
            }
        }

        private static int Check(int result, string function)
        {
            if (result < 0) throw new IOException(function + " failed with error " + Marshal.GetLastWin32Error() + ".");
            return result;
        }

        [StructLayout(LayoutKind.Sequential)]
        private struct WindowSize
        {
            public ushort Rows, Columns, Width, Height;
        }

        [DllImport("libc", SetLastError = true)] private static extern int posix_openpt(int flags);
        [DllImport("libc", SetLastError = true)] private static extern int grantpt(int terminal);
        [DllImport("libc", SetLastError = true)] private static extern int unlockpt(int terminal);
        [DllImport("libc")] private static extern IntPtr ptsname(int terminal);
        [DllImport("libc", SetLastError = true)] private static extern int ioctl(int terminal, UIntPtr request, ref WindowSize size);
        [DllImport("libc")] private static extern IntPtr read(int file, byte[] buffer, UIntPtr count);
        [DllImport("libc")] private static extern IntPtr write(int file, string text, UIntPtr count);
        [DllImport("libc")] private static extern int close(int file);
        [DllImport("libc")] private static extern int kill(int process, int signal);
        [DllImport("libc")] private static extern int waitpid(int process, out int status, int options);
        [DllImport("libc")] private static extern int posix_spawn_file_actions_init(IntPtr actions);
        [DllImport("libc")] private static extern int posix_spawn_file_actions_addopen(IntPtr actions, int file, string path, int flags, uint mode);
        [DllImport("libc")] private static extern int posix_spawn_file_actions_adddup2(IntPtr actions, int file, int copy);
        [DllImport("libc")] private static extern int posix_spawnattr_init(IntPtr attributes);
        [DllImport("libc")] private static extern int posix_spawnattr_setflags(IntPtr attributes, short flags);
        [DllImport("libc")] private static extern int posix_spawnp(out int process, string program, IntPtr actions, IntPtr attributes, string[] arguments, string[] environment);
    }
}
