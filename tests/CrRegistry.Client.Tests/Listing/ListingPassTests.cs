using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>The record of one reading, in pages of three rows.</summary>
public sealed class ListingPassTests
{
    private static readonly DateTime s_time = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly ListingPass _pass = NewPass();

    [Fact]
    public void Empty_reading_has_one_page_and_no_count()
    {
        Assert.Equal((3, 1, 1, 0L, 0L, 0), (_pass.PageSize, _pass.LastPage, _pass.NextPage, _pass.RowsReceived, _pass.RowsRepeated, _pass.PagesRepeated));
        Assert.Null(_pass.SmallestTotal);
        Assert.Null(_pass.LargestTotal);
        Assert.True(_pass.HasOneTotal);
        Assert.False(_pass.IsResized || _pass.ExceedsTotal || _pass.LacksPages || _pass.HasTieAtBorder || _pass.HasRepeatedPages);
    }

    [Fact]
    public void Records_rows_counts_and_pages()
    {
        Add(_pass, 1, "abc", 8);
        Add(_pass, 2, "cde", 7, isNew: 2);
        Add(_pass, 3, "fg", 9);
        Add(_pass, 4, "", 8);

        Assert.Equal((8L, 1L, 7L, 9L, 3), (_pass.RowsReceived, _pass.RowsRepeated, _pass.SmallestTotal, _pass.LargestTotal, _pass.LastPage));
        Assert.False(_pass.HasOneTotal);
    }

    [Theory]
    [InlineData("abc", 2)]
    [InlineData("ab", 1)]
    [InlineData("", 1)]
    [InlineData("abcd", 2)]
    public void Only_full_page_has_next_page(string rows, int next)
    {
        Add(_pass, 1, rows, null);

        Assert.Equal(next, _pass.NextPage);
    }

    [Theory]
    [InlineData(1, "abc", 3L, false)]
    [InlineData(1, "abc", 2L, true)]
    [InlineData(1, "ab", 3L, false)]
    [InlineData(2, "de", 5L, false)]
    [InlineData(2, "def", 5L, true)]
    [InlineData(3, "g", 6L, true)]
    [InlineData(3, "", 6L, false)]
    [InlineData(1, "abc", 0L, true)]
    [InlineData(1, "abc", null, false)]
    public void Page_with_too_many_rows_exceeds_TotalCount(int pageNo, string rows, long? total, bool exceeds)
    {
        Add(_pass, pageNo, rows, total);
        Add(_pass, 9, "", total);

        Assert.Equal(exceeds, _pass.ExceedsTotal);
    }

    [Theory]
    [InlineData(1, "ab", 7L, true)]
    [InlineData(1, "ab", 3L, false)]
    [InlineData(2, "", 7L, true)]
    [InlineData(3, "", 7L, false)]
    [InlineData(1, "abc", 7L, false)]
    [InlineData(1, "ab", null, false)]
    public void Partial_page_before_last_page_lacks_pages(int pageNo, string rows, long? total, bool lacks)
    {
        Add(_pass, pageNo, rows, total);

        Assert.Equal(lacks, _pass.LacksPages);
    }

    [Fact]
    public void Two_pages_that_exceed_TotalCount_are_recorded()
    {
        Add(_pass, 1, "abc", 2);
        Add(_pass, 2, "def", 2);

        Assert.True(_pass.ExceedsTotal);
    }

    [Fact]
    public void Pages_are_missing_only_by_last_page()
    {
        Add(_pass, 1, "ab", 7);
        Add(_pass, 2, "def", 7);

        Assert.False(_pass.LacksPages);
    }

    /// <summary>PageSize in the reply alone proves nothing, because it may be wrong.</summary>
    [Theory]
    [InlineData(3, "ab", 6L, false)]
    [InlineData(2, "ab", 6L, true)]
    [InlineData(1, "ab", 6L, true)]
    [InlineData(2, "ab", null, true)]
    [InlineData(2, "abc", 6L, false)]
    [InlineData(2, "ab", 2L, false)]
    [InlineData(2, "a", 2L, true)]
    [InlineData(2, "", 6L, false)]
    [InlineData(4, "ab", 6L, false)]
    public void Page_with_smaller_PageSize_and_fewer_rows_than_counted_is_resized(int echo, string rows, long? total, bool isResized)
    {
        _pass.Add(new Page<string>(1, echo, total, [.. rows.Select(key => key.ToString())]), Hashes(rows), Times(rows), rows.Length);
        Add(_pass, 2, "", total);

        Assert.Equal(isResized, _pass.IsResized);
    }

    [Fact]
    public void Full_page_of_known_rows_is_repeated_until_page_has_new_row()
    {
        Add(_pass, 1, "abc", null);
        Add(_pass, 2, "abc", null, isNew: 0);
        Assert.Equal((1, false), (_pass.PagesRepeated, _pass.HasRepeatedPages));

        Add(_pass, 3, "abc", null, isNew: 0);
        Assert.Equal((2, true), (_pass.PagesRepeated, _pass.HasRepeatedPages));

        Add(_pass, 4, "abd", null, isNew: 1);
        Assert.Equal((0, false), (_pass.PagesRepeated, _pass.HasRepeatedPages));
    }

    [Fact]
    public void Known_rows_in_other_order_are_repetition_after_some_pages()
    {
        Add(_pass, 1, "abc", null);
        string[] orders = ["acb", "bac", "bca", "cab", "cba"];
        for (var page = 0; page < 2; page++) Add(_pass, page + 2, orders[page], null, isNew: 0);
        Assert.False(_pass.HasRepeatedPages);

        for (var page = 2; page < 60; page++) Add(_pass, page + 2, orders[page % 5], null, isNew: 0);
        Assert.True(_pass.HasRepeatedPages);
    }

    [Theory]
    [InlineData("ab", null, 0)]
    [InlineData("ab", 9L, 1)]
    [InlineData("ab", 5L, 0)]
    [InlineData("abc", 9L, 1)]
    [InlineData("", 9L, 0)]
    public void Partial_page_of_known_rows_is_repeated_only_before_TotalCount(string rows, long? total, int repeated)
    {
        Add(_pass, 1, "abc", total);
        Add(_pass, 2, rows, total, isNew: 0);

        Assert.Equal(repeated, _pass.PagesRepeated);
    }

    [Theory]
    [InlineData("abc@1 def@1", true)]
    [InlineData("abc@1 def@2", false)]
    [InlineData("abc@1 cde@1", false)]
    [InlineData("abc@1", false)]
    [InlineData("abc@- def@-", true)]
    [InlineData("abc@-", false)]
    [InlineData("abc@1 def@1 ghi@1", true)]
    public void Equal_times_on_both_sides_of_border_are_a_tie(string pages, bool isTie)
    {
        var pageNo = 0;
        foreach (var page in pages.Split(' '))
        {
            var time = page[4] == '-' ? (DateTime?)null : s_time.AddMinutes(page[4]);
            _pass.Add(new Page<string>(++pageNo, 3, 6, [.. page[..3].Select(key => key.ToString())]), Hashes(page[..3]), [time, time, time], 3);
        }

        Add(_pass, pageNo + 1, "", 6);
        Assert.Equal(isTie, _pass.HasTieAtBorder);
    }

    [Fact]
    public void Readings_are_equal_if_their_rows_are_equal()
    {
        Add(_pass, 1, "abc", 5);
        Add(_pass, 2, "de", 5);

        Assert.True(_pass.HasRowsOf(Read("abc", "de")));
        Assert.True(_pass.HasRowsOf(Read("abc", "de", "")));
        Assert.True(_pass.HasRowsOf(Read("ab", "cd", "e")));
        Assert.True(_pass.HasRowsOf(Read("eb", "cda")));
        Assert.True(_pass.HasRowsOf(Read((long?)null, "abc", "de")));
        Assert.False(_pass.HasRowsOf(Read("abc", "dx")));
        Assert.False(_pass.HasRowsOf(Read("abc")));
        Assert.False(Read("abc").HasRowsOf(_pass));
        Assert.False(_pass.HasRowsOf(Read("abc", "de", "f")));
    }

    [Fact]
    public void Reading_is_equal_only_if_each_row_is_repeated_as_often()
    {
        Add(_pass, 1, "abc", 5);
        Add(_pass, 2, "ce", 5, isNew: 1);

        Assert.True(_pass.HasRowsOf(Read("ab", "cce")));
        Assert.False(_pass.HasRowsOf(Read("abc", "be")));
        Assert.False(_pass.HasRowsOf(Read("abc", "de")));
        Assert.False(_pass.HasRowsOf(Read("abc", "e")));
    }

    [Fact]
    public void Reading_has_page_only_with_same_rows_in_same_order()
    {
        Add(_pass, 1, "abc", 5);
        Add(_pass, 2, "de", 5);

        Assert.True(_pass.HasPage(Hashes("abc")));
        Assert.True(_pass.HasPage(Hashes("de")));
        Assert.False(_pass.HasPage(Hashes("acb")));
        Assert.False(_pass.HasPage(Hashes("ab")));
    }

    [Fact]
    public void Unread_page_has_no_rows()
    {
        Add(_pass, 1, "abc", 5);

        Assert.False(_pass.HasSamePage(Read("abc", "de"), 2));
        Assert.True(_pass.HasSamePage(Read("abc"), 2));
    }

    [Fact]
    public void Totals_are_equal_only_if_all_replies_are_equal()
    {
        Assert.True(Read(5, "abc", "de").HasTotalOf(Read(5, "abc")));
        Assert.False(Read(5, "abc", "de").HasTotalOf(Read(6, "abc")));
        Add(_pass, 1, "abc", 5);
        Add(_pass, 2, "de", 6);
        Assert.False(_pass.HasTotalOf(Read(6, "abc")));
        Assert.False(Read(6, "abc").HasTotalOf(_pass));
    }

    [Theory]
    [InlineData(true, 3, 1, 2)]
    [InlineData(true, 4, 1, 1)]
    [InlineData(false, 3, 0, 1)]
    public void Records_missing_page(bool isRepetition, int fullPageSize, int repeated, int next)
    {
        Add(_pass, 1, "abc", 99);

        _pass.NoteMissingPage(isRepetition, fullPageSize);

        Assert.Equal((true, repeated, next), (_pass.LacksPages, _pass.PagesRepeated, _pass.NextPage));
    }

    private static ListingPass NewPass() => new(3, new SeenKeys());

    private static ListingPass Read(params string[] pages) => Read(5, pages);

    private static ListingPass Read(long? total, params string[] pages)
    {
        var pass = NewPass();
        for (var page = 0; page < pages.Length; page++) Add(pass, page + 1, pages[page], total);
        return pass;
    }

    private static void Add(ListingPass pass, int pageNo, string rows, long? total, int? isNew = null) =>
        pass.Add(new Page<string>(pageNo, 3, total, [.. rows.Select(key => key.ToString())]), Hashes(rows), Times(rows), isNew ?? rows.Length);

    private static ulong[] Hashes(string rows) => [.. rows.Select(key => (ulong)key)];

    private static DateTime?[] Times(string rows) => [.. rows.Select(key => (DateTime?)s_time.AddMinutes(-key))];
}
