namespace CrRegistry.Client.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("v1.0 ä 标签 😀 ~", "v1.0 ä 标签 😀 ~")]
    [InlineData("a\u0000b", @"a\u0000b")]
    [InlineData("\u001b[31m", @"\u001b[31m")]
    [InlineData("\t\r\n", @"\t\r\n")]
    [InlineData("\u007f\u0085\u009b", @"\u007f\u0085\u009b")]
    [InlineData("a\u202eb\u2066c\u200fd", @"a\u202eb\u2066c\u200fd")]
    [InlineData("\u2028\u2029\ufeff\u200b\u200d\u00ad", @"\u2028\u2029\ufeff\u200b\u200d\u00ad")]
    [InlineData("a\U000e0041b", @"a\U000e0041b")]
    [InlineData("😀\u0007😀", @"😀\u0007😀")]
    public void Escapes_control_and_invisible_characters(string text, string expected) => Assert.Equal(expected, SafeText.Of(text));

    [Fact]
    public void Escapes_lone_surrogate()
    {
        Assert.Equal(@"a\ud83db", SafeText.Of("a" + '\ud83d' + "b"));
        Assert.Equal(@"\ude00", SafeText.Of(new string('\ude00', 1)));
        Assert.Equal(@"\ude00\ud83d", SafeText.Of(new string(['\ude00', '\ud83d'])));
    }

    [Fact]
    public void Escapes_every_control_character() => Assert.All(
        Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)), code => Assert.StartsWith("\\", SafeText.Of(((char)code).ToString()), StringComparison.Ordinal));

    [Fact]
    public void Returns_safe_text_unchanged()
    {
        var text = new string('x', 3);
        Assert.Same(text, SafeText.Of(text));
    }
}
