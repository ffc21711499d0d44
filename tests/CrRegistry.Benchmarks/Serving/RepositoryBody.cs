using System.Text.Json;

namespace CrRegistry.Benchmarks.Serving;

/// <summary>The body of a page of repositories, newest first.</summary>
internal static class RepositoryBody
{
    private const long Newest = 1_750_000_000_000;

    public static async Task WriteAsync(HttpResponse response, string namespaceName, int pageNo, int pageSize, int total, int first, int count)
    {
        var run = namespaceName[..namespaceName.LastIndexOf('-')];
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            Code = "success",
            IsSuccess = true,
            PageNo = pageNo,
            PageSize = pageSize,
            TotalCount = total,
            Repositories = Enumerable.Range(first + 1, count).Select(number => new
            {
                RepoId = FormattableString.Invariant($"crr-{run}-{number}"),
                RepoName = FormattableString.Invariant($"r{number}"),
                RepoNamespaceName = namespaceName,
                CreateTime = Newest - (number * 3_600_000L),
            }),
        });
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}
