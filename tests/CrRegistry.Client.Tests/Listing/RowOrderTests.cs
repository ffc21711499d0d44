using CrRegistry.Client.Listing;

namespace CrRegistry.Client.Tests.Listing;

public sealed class RowOrderTests
{
    /// <summary>Rows as key and minute; a minus for no time.</summary>
    [Theory]
    [InlineData("", true, true)]
    [InlineData("a5", true, true)]
    [InlineData("c9 a8 b7", true, true)]
    [InlineData("c7 a8 b9", true, false)]
    [InlineData("c9 a9 b8", true, true)]
    [InlineData("c8 a9 b9", true, false)]
    [InlineData("c9 a7 b8", false, false)]
    [InlineData("c7 a9 b8", false, false)]
    [InlineData("a9 b7 c8", false, false)]
    [InlineData("c9 b7 a8", false, false)]
    [InlineData("c- a8 b7", false, false)]
    [InlineData("c9 a- b7", false, false)]
    [InlineData("c9 a8 b-", false, false)]
    [InlineData("c7 a8 b-", false, false)]
    public void Recognizes_time_order(string rows, bool isOfTime, bool isNewestFirst)
    {
        var order = Of(rows);

        Assert.Equal((isOfTime, isNewestFirst), (order.IsOfTime, order.IsNewestFirst));
        order.HasTieAtBorder = true;
        Assert.False(order.IsOfTime);
    }

    [Theory]
    [InlineData("a9 b7 c8", true)]
    [InlineData("c9 b7 a8", true)]
    [InlineData("a9 a7 b8", true)]
    [InlineData("b9 c7 a8", false)]
    [InlineData("b9 a7 c8", false)]
    [InlineData("a9 c7 b8", false)]
    [InlineData("c9 a7 b8", false)]
    [InlineData("B9 a7 c8", true)]
    [InlineData("b9 a8 c7", true)]
    [InlineData("a- b- c-", true)]
    [InlineData("b- c- a-", false)]
    public void Recognizes_time_or_key_order(string rows, bool isKnown) => Assert.Equal(isKnown, Of(rows).IsKnown);

    [Theory]
    [InlineData("a9 b8 c7", true)]
    [InlineData("b9 a8 c7", false)]
    public void Requires_key_order_for_equal_times_at_border(string rows, bool isKnown)
    {
        var order = Of(rows);
        order.HasTieAtBorder = true;

        Assert.Equal(isKnown, order.IsKnown);
    }

    private static RowOrder<string> Of(string rows)
    {
        var order = new RowOrder<string>(row => row[..1]);
        foreach (var row in rows.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            order.Add(row, row[1] == '-' ? null : new DateTime(2026, 1, 1, 0, row[1] - '0', 0, DateTimeKind.Utc));
        return order;
    }
}
