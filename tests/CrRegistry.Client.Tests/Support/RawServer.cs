using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A server on the loopback address whose connections a test handles, also in ways in which no web server would.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _connections;

    /// <param name="serve">Serves one connection, which is closed afterwards. An exception ends the connection.</param>
    public RawServer(Func<Connection, Task> serve)
    {
        _listener.Start();
        _ = AcceptAsync(serve);
    }

    public Uri Endpoint => new("http://" + _listener.LocalEndpoint);

    public int Connections => Volatile.Read(ref _connections);

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync(Func<Connection, Task> serve)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client, serve);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task ServeAsync(TcpClient client, Func<Connection, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(new Connection(client));
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The client has disconnected.
            }
        }
    }

    internal sealed class Connection(TcpClient client)
    {
        public NetworkStream Stream { get; } = client.GetStream();

        /// <summary>Reads a request up to the end of its headers.</summary>
        public async Task<string> ReadHeadAsync()
        {
            var head = new StringBuilder();
            var buffer = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await Stream.ReadAsync(buffer) > 0) head.Append((char)buffer[0]);
            return head.ToString();
        }

        public async Task WriteAsync(string text) => await Stream.WriteAsync(Encoding.UTF8.GetBytes(text));

        public Task ReplyAsync(string status, string body, string headers = "") =>
            WriteAsync($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");

        /// <summary>Ends the connection like a crash. TcpClient.Close would close it regularly.</summary>
        public void Reset() => client.Client.Close(timeout: 0);

        /// <summary>Waits until the client closes the connection.</summary>
        public async Task ClosedAsync()
        {
            try
            {
                while (await Stream.ReadAsync(new byte[256]) > 0)
                {
                }
            }
            catch (IOException)
            {
                // A reset also ends the connection.
            }
        }
    }
}
