using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>The comparison of a listed tag with the tag before its delete.</summary>
public sealed class ListedTagTests
{
    private static readonly DateTime s_time = new DateTime(2026, 5, 4, 12, 30, 15, 250, DateTimeKind.Utc).ToLocalTime();

    [Theory]
    [InlineData("ab", "ab", true)]
    [InlineData("ab", "AB", true)]
    [InlineData("ab", "a", false)]
    [InlineData("ab", "abc", false)]
    [InlineData("ab", "", false)]
    [InlineData("ab", null, false)]
    [InlineData(null, null, true)]
    [InlineData(null, "ab", false)]
    public void Compares_digest(string? listed, string? current, bool isSame)
    {
        Assert.Equal(isSame, new ListedTag(listed, null).IsStateOf(new ImageTag { Digest = current }));
        Assert.Equal(isSame, new ListedTag(listed, s_time).IsStateOf(new ImageTag { Digest = current, ImageUpdate = s_time }));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    [InlineData(3600_000, false)]
    public void Compares_instants(int milliseconds, bool isSame)
    {
        var current = new ImageTag { ImageUpdate = s_time.AddMilliseconds(milliseconds) };

        Assert.Equal(isSame, new ListedTag(null, s_time).IsStateOf(current));
        Assert.Equal(isSame, new ListedTag(null, s_time.ToUniversalTime()).IsStateOf(current));
        Assert.Equal(isSame, new ListedTag(null, DateTime.SpecifyKind(s_time, DateTimeKind.Unspecified)).IsStateOf(current));
    }

    [Theory]
    [InlineData(-250, true)]
    [InlineData(749, true)]
    [InlineData(-251, false)]
    [InlineData(750, false)]
    [InlineData(86_400_000, false)]
    public void Compares_local_text_to_the_second(int milliseconds, bool isSame) => Assert.Equal(
        isSame,
        new ListedTag(null, DateTime.SpecifyKind(s_time.AddMilliseconds(-250), DateTimeKind.Unspecified)) { IsLocalText = true }
            .IsStateOf(new ImageTag { ImageUpdate = s_time.AddMilliseconds(milliseconds) }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Differs_from_tag_without_time(bool isLocalText) => Assert.False(new ListedTag(null, s_time) { IsLocalText = isLocalText }.IsStateOf(new ImageTag()));

    [Fact]
    public void Ignores_time_that_input_does_not_contain() => Assert.True(new ListedTag("ab", null).IsStateOf(new ImageTag { Digest = "ab", ImageUpdate = s_time }));
}
