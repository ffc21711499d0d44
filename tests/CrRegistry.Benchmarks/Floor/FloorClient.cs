using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CrRegistry.Benchmarks.Floor;

/// <summary>
/// A minimal client that returns the same tags as the same objects. It sends the same requests, with the same signature and concurrency, and decodes them into
/// <see cref="ImageTag"/>. It uses no PowerShell and checks nothing, so that errors are not noticed.
/// </summary>
internal sealed class FloorClient(Uri address, int inFlight) : IDisposable
{
    private const string EmptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string SignedHeaders = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = inFlight, AutomaticDecompression = DecompressionMethods.All });
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(Worker.Secret);

    public async Task<long> ListAsync(string repoId, CancellationToken cancellationToken)
    {
        var first = await ReadPageAsync(repoId, 1, cancellationToken);
        var pages = (first.Total + Load.PageSize - 1) / Load.PageSize;
        long tags = first.Tags.Length;
        if (pages <= 1) return tags;
        tags += (await ReadPageAsync(repoId, pages, cancellationToken)).Tags.Length;
        await Parallel.ForAsync(2, pages, new ParallelOptions { MaxDegreeOfParallelism = inFlight, CancellationToken = cancellationToken }, async (pageNo, token) =>
            Interlocked.Add(ref tags, (await ReadPageAsync(repoId, pageNo, token)).Tags.Length));
        await Task.WhenAll(ReadPageAsync(repoId, 1, cancellationToken), ReadPageAsync(repoId, pages, cancellationToken));
        return tags;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int Total, ImageTag[] Tags)> ReadPageAsync(string repoId, int pageNo, CancellationToken cancellationToken)
    {
        using var request = Sign(repoId, pageNo);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var length = (int)response.Content.Headers.ContentLength!;
        var body = ArrayPool<byte>.Shared.Rent(length);
        await (await response.Content.ReadAsStreamAsync(cancellationToken)).ReadExactlyAsync(body.AsMemory(0, length), cancellationToken);
        var page = JsonSerializer.Deserialize(body.AsSpan(0, length), FloorJson.Default.FloorPage)!;
        ArrayPool<byte>.Shared.Return(body);
        return (page.TotalCount, Array.ConvertAll(page.Images, row => row.ToTag(repoId)));
    }

    private HttpRequestMessage Sign(string repoId, int pageNo)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"InstanceId={Worker.InstanceId}&PageNo={pageNo}&PageSize={Load.PageSize}&RepoId={repoId}");
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var nonce = Guid.NewGuid().ToString("N");
        var canonical = $"GET\n/\n{query}\nhost:{address.Authority}\nx-acs-action:ListRepoTag\nx-acs-content-sha256:{EmptyBodyHash}\nx-acs-date:{date}\n"
            + $"x-acs-signature-nonce:{nonce}\nx-acs-version:2018-12-01\n\n{SignedHeaders}\n{EmptyBodyHash}";
        var text = "ACS3-HMAC-SHA256\n" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var signature = Hex(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text)));
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/?" + query));
        request.Headers.TryAddWithoutValidation("accept", "application/json");
        request.Headers.TryAddWithoutValidation("x-acs-action", "ListRepoTag");
        request.Headers.TryAddWithoutValidation("x-acs-content-sha256", EmptyBodyHash);
        request.Headers.TryAddWithoutValidation("x-acs-date", date);
        request.Headers.TryAddWithoutValidation("x-acs-signature-nonce", nonce);
        request.Headers.TryAddWithoutValidation("x-acs-version", "2018-12-01");
        request.Headers.TryAddWithoutValidation("Authorization", $"ACS3-HMAC-SHA256 Credential={Worker.KeyId},SignedHeaders={SignedHeaders},Signature={signature}");
        return request;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
