using System.Globalization;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>An order by time does not define the order of rows with the same time.</summary>
public sealed class EqualTimesTests
{
    [Theory]
    [InlineData(250, 250)]
    [InlineData(120, 120)]
    [InlineData(900, 400)]
    [InlineData(900, 900)]
    [InlineData(250, 101)]
    [InlineData(450, 150)]
    public void Finds_all_rows_with_equal_times_in_changing_order(int count, int ofOneTime)
    {
        for (var seed = 0; seed < 2; seed++)
        {
            var registry = WithGroup(count, 40, ofOneTime);
            var random = new Random(seed);
            registry.Order = (_, _) => InOrder(registry, tag =>
            {
                lock (random) return random.Next();
            });

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags.Order(), run.Names.Order());
            Assert.InRange(run.Rereads.Count, 1, 30);
        }
    }

    [Fact]
    public void Long_list_with_order_for_each_page_is_complete_or_error_names_order() =>
        Equal_times_with_order_for_each_page_are_complete_or_error_names_order(2500, 2500);

    [Theory]
    [InlineData(500, 400)]
    [InlineData(250, 250)]
    [InlineData(250, 120)]
    public void Equal_times_with_order_for_each_page_are_complete_or_error_names_order(int count, int ofOneTime)
    {
        var registry = WithGroup(count, 40, ofOneTime);
        registry.Order = (pageNo, pageSize) => InOrder(registry, tag => Scramble(tag, (pageNo * 1000) + pageSize));

        var run = Run.Of(registry, Run.All);

        Assert.Equal(run.Names.Distinct(), run.Names);
        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.Contains("order", Assert.IsType<IncompleteListingException>(run.Failure).Message, StringComparison.Ordinal);
        Assert.InRange(registry.PagesAsked.Count, 1, 31 * 2 * ((count / 100) + 10));
    }

    /// <summary>Without TotalCount, or if it is too low, a repeated row shows that another is missing.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("200")]
    [InlineData("249")]
    [InlineData("100")]
    public void Equal_times_with_wrong_TotalCount_are_never_an_incomplete_list(string? total)
    {
        foreach (var shuffles in new[] { false, true })
        {
            var registry = WithGroup(250, 0, 250).WithTotal(total);
            var replies = 0;
            registry.Order = (pageNo, pageSize) => InOrder(registry, tag => Scramble(tag, shuffles ? Interlocked.Increment(ref replies) / 250 : (pageNo * 1000) + pageSize));

            var run = Run.Of(registry, Run.All);

            if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
            else Assert.IsType<IncompleteListingException>(run.Failure);
        }
    }

    /// <summary>Each page has its own order. The row on the last page is also on the previous page, and another one is on no page.</summary>
    [Theory]
    [InlineData(201, 200)]
    [InlineData(301, 300)]
    [InlineData(101, 100)]
    public void Partial_page_past_TotalCount_with_known_rows_is_not_a_repetition(int count, int total)
    {
        var registry = WithGroup(count, total - 80, 81).WithTotal(total);
        var repeated = $"v{total - 50}";
        registry.Order = (pageNo, pageSize) => (pageNo - 1) * pageSize == total ? [.. registry.Tags.Where(tag => tag != repeated), repeated] : registry.Tags;

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
    }

    [Theory]
    [InlineData(250, 250)]
    [InlineData(900, 400)]
    [InlineData(300, 300)]
    public void Equal_times_with_order_for_each_PageSize_are_complete(int count, int ofOneTime)
    {
        var registry = WithGroup(count, 40, ofOneTime);
        registry.Order = (_, pageSize) => InOrder(registry, tag => Scramble(tag, pageSize));

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Order(), run.Names.Order());
    }

    [Theory]
    [InlineData(99)]
    [InlineData(199)]
    [InlineData(100)]
    public void Equal_times_on_both_sides_of_a_page_border_need_a_second_reading(int position)
    {
        var registry = FakeRegistry.WithTags(350);
        // Row 100 is the first one of page 2.
        registry.SecondsOf = tag => -(Number(tag) == position + 1 ? position : Number(tag));
        var isAtBorder = (position + 1) % 100 == 0;

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.Equal(isAtBorder ? 1 : 0, run.Rereads.Count);
        Assert.InRange(registry.PagesAsked.Count, isAtBorder ? 8 : 6, isAtBorder ? 10 : 6);
    }

    [Theory]
    [InlineData(250)]
    [InlineData(450)]
    [InlineData(1000)]
    public void Finds_tags_with_equal_times_after_deletion_and_push(int count)
    {
        foreach (var (afterPage, deleted, added) in new[] { (2, 150, 250), (2, 10, 240), (1, 50, count - 1), (2, 199, 201), (3, 120, 230) })
        {
            var registry = new FakeRegistry { Tags = [.. Enumerable.Range(0, count).Select(number => $"t{number * 10:d6}")], SecondsOf = _ => 0 };
            var throughout = registry.Tags.Where(tag => tag != $"t{deleted * 10:d6}").ToArray();
            var isDone = 0;
            registry.With((request, _) =>
            {
                if (request["PageNo"] != afterPage.ToString(CultureInfo.InvariantCulture) || Interlocked.Exchange(ref isDone, 1) == 1) return;
                registry.Tags = [.. throughout.Append($"t{(added * 10) + 5:d6}").Order(StringComparer.Ordinal)];
            });

            var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 1);

            if (run.Failure is null) Assert.Subset(run.Names.ToHashSet(), throughout.ToHashSet());
            else Assert.IsType<IncompleteListingException>(run.Failure);
        }
    }

    [Fact]
    public void Finds_names_in_list_with_changing_order()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.SecondsOf = _ => 0;
        var random = new Random(1);
        registry.Order = (_, _) => InOrder(registry, tag =>
        {
            lock (random) return random.Next();
        });

        var run = Run.Of(registry, Run.Query(Run.All, exact: [.. registry.Tags.Skip(200), "gone"]));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Skip(200).Order(), run.Names.Order());
        Assert.Equal(["gone"], run.Missing);
    }

    /// <summary>A full page past TotalCount may have known rows by chance, above all a small one.</summary>
    [Theory]
    [InlineData(3, 1, "2")]
    [InlineData(6, 2, "4")]
    [InlineData(6, 2, "5")]
    [InlineData(9, 3, "6")]
    [InlineData(12, 4, "8")]
    [InlineData(20, 5, "15")]
    [InlineData(6, 2, null)]
    public void Small_pages_with_order_for_each_page_and_wrong_TotalCount_are_never_an_incomplete_list(int count, int pageSize, string? total)
    {
        for (var salt = 0; salt < 100; salt++)
        {
            var registry = WithGroup(count, 0, count).WithTotal(total);
            registry.Order = (pageNo, size) => InOrder(registry, tag => Scramble(tag, (salt * 7919) + (pageNo * 1000) + size));

            var run = Run.Of(registry, RowRange.Range(0, null, pageSize));

            if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
            else Assert.IsType<IncompleteListingException>(run.Failure);
        }
    }

    /// <summary>The last page is full, and the service returns a page in place of the one past the end, in another order.</summary>
    [Theory]
    [InlineData(200, true)]
    [InlineData(200, false)]
    [InlineData(300, true)]
    [InlineData(300, false)]
    public void Finds_all_rows_in_changing_order_if_service_repeats_page_past_end(int count, bool isFirstPage)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var registry = Repeating(count, isFirstPage);
            var random = new Random(seed);
            registry.Order = (_, _) => InOrder(registry, tag =>
            {
                lock (random) return random.Next();
            });

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags.Order(), run.Names.Order());
            Assert.InRange(run.Rereads.Count, 1, 30);
        }
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(300, false)]
    [InlineData(2500, true)]
    [InlineData(2500, false)]
    public void Repeated_page_past_end_with_order_for_each_page_is_complete_or_error_names_order(int count, bool isFirstPage)
    {
        var registry = Repeating(count, isFirstPage);
        registry.Order = (pageNo, pageSize) => InOrder(registry, tag => Scramble(tag, (pageNo * 1000) + pageSize));

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.Contains("unstable order", Assert.IsType<IncompleteListingException>(run.Failure).Message, StringComparison.Ordinal);
        Assert.InRange(registry.PagesAsked.Count, 1, 31 * 2 * ((count / 100) + 10));
    }

    [Theory]
    [InlineData(11, 2)]
    [InlineData(24, 5)]
    [InlineData(12, 3)]
    public void Small_pages_in_changing_order_are_complete(int count, int pageSize)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var registry = WithGroup(count, 0, count);
            var random = new Random(seed);
            registry.Order = (_, _) => InOrder(registry, tag =>
            {
                lock (random) return random.Next();
            });

            var run = Run.Of(registry, RowRange.Range(0, null, pageSize));

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags.Order(), run.Names.Order());
        }
    }

    /// <summary>A list of one time, whose service returns the first or the last page past the end.</summary>
    private static FakeRegistry Repeating(int count, bool isFirstPage)
    {
        var registry = WithGroup(count, 0, count);
        registry.Shown = (pageNo, last) => pageNo <= last ? pageNo : isFirstPage ? 1 : last;
        return registry;
    }

    /// <summary>A list, newest first, in which some neighbours share one time.</summary>
    private static FakeRegistry WithGroup(int count, int from, int size)
    {
        var registry = FakeRegistry.WithTags(count);
        registry.SecondsOf = tag => Number(tag) >= from && Number(tag) < from + size ? -from : -Number(tag);
        return registry;
    }

    private static List<string> InOrder(FakeRegistry registry, Func<string, int> ofEqualTimes) =>
        [.. registry.Tags.OrderByDescending(registry.SecondsOf).ThenBy(ofEqualTimes)];

    private static int Number(string tag) => int.Parse(tag[1..], CultureInfo.InvariantCulture);

    private static int Scramble(string tag, int key)
    {
        var scrambled = unchecked(((uint)Number(tag) * 2_654_435_761) ^ ((uint)key * 2_246_822_519));
        scrambled = unchecked((scrambled ^ (scrambled >> 15)) * 2_246_822_519);
        return (int)(scrambled >> 1);
    }
}
