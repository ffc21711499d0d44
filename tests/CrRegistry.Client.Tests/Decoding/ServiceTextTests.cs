using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>Texts that make a search slow. Work is counted in reads of characters, not in time.</summary>
public sealed class ServiceTextTests
{
    /// <summary>The beginnings of texts, and the part that is repeated after each.</summary>
    public static TheoryData<string, string> HostileTexts => new()
    {
        { "", "a" },
        { "", "_" },
        { "", "&" },
        { "", "a&%2F" },
        { "", "&%2" },
        { "", "s" },
        { "", "string" },
        { "", "string to " },
        { "", "stringto+" },
        { "string", " " },
        { "server", "+" },
        { "", "server string " },
        { "", "AccessKeyId" },
        { "", "SecurityToken%3" },
        { "", "x-acs-security-toke" },
        { "", "\u001b" },
        { "", "\u001b[" },
        { "\u001b[", "0" },
        { "\u001b[", " " },
        { "", "\u001b[0;0 " },
        { "\u001b", " " },
        { "\u001b]", "a" },
        { "", "\u001b]a" },
        { "", "\u009d" },
        { "", "\u009b0" },
        { "", "\u200b" },
        { "", " " },
        { "", "://" },
        { "", "😀" },
    };

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Limits_search_to_ten_thousand_characters(string beginning, string repeated)
    {
        var (small, large, huge) = (ReadsOf(1_000), ReadsOf(10_000), ReadsOf(1_000_000));

        Assert.InRange(large, 0, (12 * small) + 100);
        Assert.InRange(large, 0, 10_000 * 12);
        Assert.InRange(huge, 0, 10_000 * 12);

        int ReadsOf(int length)
        {
            var text = new SearchedText(beginning + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length)));
            var searched = new List<SearchedText> { text };
            ServiceText.Shown(text, bare =>
            {
                searched.Add(new SearchedText(bare));
                return searched[^1];
            });
            return searched.Sum(part => part.Reads);
        }
    }

    [Theory]
    [InlineData(9_000, "hidden")]
    [InlineData(20_000, "shown")]
    public void Does_not_search_after_ten_thousand_characters(int place, string expected)
    {
        // White space at the beginning makes room for what follows it.
        var text = new string(' ', place) + "It is: string to sign is secret";

        Assert.Equal(expected == "hidden" ? "It is:" : "…", ServiceText.Shown(text));
        Assert.Equal(expected == "hidden", ServiceText.SignedText(text) is not null);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void Omits_whole_secret_at_cut(int cut)
    {
        const string secret = "test-secret/of+a=test";
        for (var before = cut - secret.Length - 1; before <= cut + 1; before++)
        {
            // Half of the text has no width, so that the second cut is also at its end.
            var text = (cut == 1_000 ? new string('.', before - 1) : new string('\u200b', before - 1)) + " " + secret + " " + new string('x', 12_000);
            var shown = ServiceText.Shown(text);
            Assert.True(shown.Contains(secret, StringComparison.Ordinal) || !shown.Contains("te", StringComparison.Ordinal), shown);
        }
    }

    [Theory]
    [InlineData("a\u001b[31mb", "ab", "a[31mb", "a\\u001b[31mb")]
    [InlineData("a\u001b[31", "a", "a[31", "a\\u001b[31")]
    [InlineData("a\u001b[31\nb", "a\nb", "a[31\nb", "a\\u001b[31\\nb")]
    [InlineData("a\u009b1;2Hb", "ab", "a1;2Hb", "a\\u009b1;2Hb")]
    [InlineData("a\u001b]0;title\u0007b", "ab", "a]0;titleb", "a\\u001b]0;title\\u0007b")]
    [InlineData("a\u001b]0;title\u001b\\b", "ab", "a]0;title\\b", "a\\u001b]0;title\\u001b\\b")]
    [InlineData("a\u001b]0;title\u001b[31mb", "ab", "a]0;title[31mb", "a\\u001b]0;title\\u001b[31mb")]
    [InlineData("a\u0090x\u009cb", "ab", "axb", "a\\u0090x\\u009cb")]
    [InlineData("a\u001b(Bb", "ab", "a(Bb", "a\\u001b(Bb")]
    [InlineData("a\u001bMb", "ab", "aMb", "a\\u001bMb")]
    [InlineData("a\u001b\u001b[31mb", "ab", "a[31mb", "a\\u001b\\u001b[31mb")]
    [InlineData("a\u001b", "a", "a", "a\\u001b")]
    [InlineData("a\r\n\tb\u202ec", "a\r\n\tbc", "a\r\n\tbc", "a\\r\\n\\tb\\u202ec")]
    [InlineData("a\U000E0041\ufe0f\u0301\u3164b😀", "ab😀", "ab😀", "a\\U000e0041\ufe0f\u0301\u3164b😀")]
    public void Escapes_control_sequences_and_removes_them_for_search(string text, string whole, string part, string shown)
    {
        Assert.Equal(whole, BareText.Of(new SearchedText(text), withSequences: true).Text);
        Assert.Equal(part, BareText.Of(new SearchedText(text), withSequences: false).Text);
        Assert.Equal(shown, ServiceText.Shown(text));
        Assert.Equal(string.Concat(part.Where(character => !char.IsWhiteSpace(character))), BareText.OfMessage(shown, withSequences: false).Text);
        Assert.Equal(string.Concat(whole.Where(character => !char.IsWhiteSpace(character))), BareText.OfMessage(shown, withSequences: true).Text);
    }

    [Theory]
    [InlineData("it is GET&%2F&a%3Db", 6)]
    [InlineData("is wrong. server string to sign is:x", 10)]
    [InlineData("is wrong. Server+String+To+Sign", 10)]
    [InlineData("is wrong. StringToSign", 10)]
    [InlineData("a=b&securitytoken%3dx", 4)]
    [InlineData("a=b&AccessKeyId=x", 4)]
    [InlineData("X-Acs-Security-Token", 0)]
    [InlineData("a string to singe", null)]
    [InlineData("the AccessKeyId is wrong, and the SecurityToken", null)]
    [InlineData("strings to sign", null)]
    public void Finds_signed_text(string text, int? start) =>
        Assert.Equal(start is { } place ? text[place..] : null, ServiceText.SignedText(text));
}
