using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Paging;

/// <summary>Where a listing gets its pages: one repository of the service.</summary>
internal interface ITagPageSource
{
    Task<TagPage> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken);
}
