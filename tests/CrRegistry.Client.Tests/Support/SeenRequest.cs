using System.Web;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A request as the service sees it.</summary>
internal sealed record SeenRequest(string Action, Uri Uri, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Headers)
{
    public string this[string parameter] => Parameters[parameter];

    public static SeenRequest Of(HttpRequestMessage request)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(",", header.Value));
        return new SeenRequest(headers.TryGetValue("x-acs-action", out var action) ? action : query["Action"]!, request.RequestUri, query.AllKeys.ToDictionary(key => key!, key => query[key]!), headers);
    }
}
