using CrRegistry.Client.Credentials.Profiles;

namespace CrRegistry.Client.Tests.Credentials;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("a b  c", "a", "b", "c")]
    [InlineData("  a\tb\n", "a", "b")]
    [InlineData("'a b' \"c d\"", "a b", "c d")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("a '' \"\"", "a", "", "")]
    [InlineData("a\\ b \\' \\\\", "a b", "'", "\\")]
    [InlineData("'a\\b' \"a\\b\\\"\\\\\\$\"", "a\\b", "a\\b\"\\$")]
    [InlineData("\"it's\" 'say \"x\"'", "it's", "say \"x\"")]
    [InlineData("a;b|c&&d $HOME `x` *", "a;b|c&&d", "$HOME", "`x`", "*")]
    [InlineData("")]
    public void Splits_words_like_shell_without_expansion(string command, params string[] words) =>
        Assert.Equal(words, CommandLine.Split(command, windows: false));

    [Theory]
    [InlineData("C:\\tools\\a.exe x\\y", "C:\\tools\\a.exe", "x\\y")]
    [InlineData("\"C:\\Program Files\\a.exe\" \"say \\\"x\\\"\"", "C:\\Program Files\\a.exe", "say \"x\"")]
    [InlineData("a \\", "a", "\\")]
    public void Keeps_backslash_on_Windows(string command, params string[] words) =>
        Assert.Equal(words, CommandLine.Split(command, windows: true));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    [InlineData("a \\")]
    public void Rejects_unclosed_quote(string command) => Assert.Null(CommandLine.Split(command, windows: false));

    [Theory]
    [InlineData("\"a\" \"\"", "a", "")]
    [InlineData("\"a b\" \"c\\\"d\"", "a b", "c\"d")]
    [InlineData("\"a\\b\" \"c\\\\\"", "a\\b", "c\\")]
    [InlineData("\"a\\\\\\\"b\"", "a\\\"b")]
    public void Joins_words_reversibly(string joined, params string[] words) => Assert.Equal(joined, CommandLine.Join(words));
}
