using System.Diagnostics;
using System.Globalization;

namespace CrRegistry.Benchmarks.Serving;

/// <summary>A <see cref="PageServer"/> in a separate process, so that its cost is not counted with that of a contender.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string SeenPath = "/seen";

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private int _runs;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, "serve"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The server of pages did not start.");
        return new ServerProcess(process, new Uri(address));
    }

    /// <summary>Returns a name that distinguishes the requests of one run from all others.</summary>
    public string NewRun() => "r" + (++_runs).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the number of requests of a run, and the number of those that had to follow one another.</summary>
    public async Task<(int Requests, int RoundTrips)> SeenAsync(string run, CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri(Address, $"{SeenPath}/{run}"), cancellationToken);
        var numbers = text.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        // The server ends when its input ends.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
