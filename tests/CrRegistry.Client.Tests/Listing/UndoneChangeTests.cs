using System.Globalization;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>A change between two pages that is undone between the same two pages of the next reading, so that both readings lose the same row.</summary>
public sealed class UndoneChangeTests
{
    /// <summary>
    /// A tag is pushed to page 2 after page 1 and the last page have been read. It is deleted before the last page is read again. With
    /// <paramref name="keepsCount"/>, the last tag is deleted and pushed again at the same moments, so that TotalCount is correct in each reply.
    /// </summary>
    [Theory]
    [InlineData(250, "name", "250", false)]
    [InlineData(250, "name", null, true)]
    [InlineData(550, "name", "550", false)]
    [InlineData(550, "name", null, true)]
    [InlineData(530, "name", "520", false)]
    [InlineData(1990, "name", "1990", false)]
    [InlineData(550, "one time", "550", false)]
    [InlineData(550, "no time", "550", false)]
    public void Finds_row_that_two_readings_would_lose(int count, string order, string? total, bool keepsCount)
    {
        var registry = InOrderOfName(count, order);
        if (total is not null) registry.WithTotal(total);
        var throughout = registry.Tags.Take(count - 1).ToArray();
        var last = registry.Tags[^1];
        var lastPage = (count + 99) / 100;
        var readings = 0;
        registry.Hold = (request, _) =>
        {
            if (registry.Requests.Count == 3)
            {
                registry.Tags.Insert(106, "t0105_tmp");
                if (keepsCount) registry.Tags.Remove(last);
            }

            if (request["PageNo"] != lastPage.ToString(CultureInfo.InvariantCulture) || ++readings != 2) return Task.CompletedTask;
            registry.Tags.Remove("t0105_tmp");
            if (keepsCount) registry.Tags.Add(last);
            return Task.CompletedTask;
        };

        AssertComplete(registry, throughout);
    }

    /// <summary>The tag comes and goes in each reading.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public void Finds_row_without_TotalCount_that_two_readings_would_lose(string? total)
    {
        var registry = InOrderOfName(550, "name").WithTotal(total);
        var throughout = registry.Tags.ToArray();
        registry.Hold = (request, _) =>
        {
            if (request["PageNo"] == "2" && !registry.Tags.Contains("t0105_tmp")) registry.Tags.Insert(106, "t0105_tmp");
            if (request["PageNo"] == "6") registry.Tags.Remove("t0105_tmp");
            return Task.CompletedTask;
        };

        AssertComplete(registry, throughout);
    }

    private static void AssertComplete(FakeRegistry registry, string[] throughout)
    {
        var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 1);

        Assert.Null(run.Failure);
        Assert.Subset(run.Names.ToHashSet(), throughout.ToHashSet());
        Assert.Equal(run.Names.Distinct(), run.Names);
    }

    private static FakeRegistry InOrderOfName(int count, string order)
    {
        var registry = new FakeRegistry
        {
            Tags = [.. Enumerable.Range(0, count).Select(number => $"t{number:d4}")],
            SecondsOf = tag => order == "name" ? int.Parse(tag.AsSpan(1, 4), CultureInfo.InvariantCulture) * 7 % 11 : 0,
        };
        if (order == "no time") registry.With((_, body) => body["Images"]!.AsArray().ToList().ForEach(row => row!["ImageUpdate"] = null));
        return registry;
    }
}
