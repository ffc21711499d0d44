using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class TagFormatTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$null", "")]
    [InlineData("0", "0 B")]
    [InlineData("1023", "1023 B")]
    [InlineData("1024", "1.0 KB")]
    [InlineData("1048524", "1023.9 KB")]
    // Rounded to one decimal, it would be 1024.0 KB.
    [InlineData("1048525", "1.0 MB")]
    [InlineData("27107966", "25.9 MB")]
    [InlineData("5PB", "5120.0 TB")]
    public void Size_has_suitable_unit(string bytes, string text) => Assert.Equal(text, Format($"Size({bytes})"));

    [Theory]
    [InlineData("$null", "unknown")]
    [InlineData("[datetime]::UtcNow.AddMinutes(5)", "now")]
    [InlineData("[datetime]::UtcNow.AddMinutes(-0.5)", "now")]
    [InlineData("[datetime]::UtcNow.AddMinutes(-1.5)", "1 minute")]
    [InlineData("[datetime]::UtcNow.AddMinutes(-58.5)", "58 minutes")]
    [InlineData("[datetime]::UtcNow.AddHours(-1.5)", "1 hour")]
    [InlineData("[datetime]::UtcNow.AddHours(-22.5)", "22 hours")]
    [InlineData("[datetime]::UtcNow.AddDays(-1.5)", "1 day")]
    [InlineData("[datetime]::UtcNow.AddDays(-400.5)", "400 days")]
    [InlineData("[datetime]::Now.AddHours(-1.5)", "1 hour")]
    public void Age_has_largest_unit(string time, string text) => Assert.Equal(text, Format($"Age({time})"));

    [Theory]
    [InlineData("$null", "")]
    [InlineData("'0123456789ab'", "0123456789ab")]
    [InlineData("'0123456789abcdef'", "0123456789ab")]
    public void Shows_beginning_of_digest(string digest, string text) => Assert.Equal(text, Format($"ShortDigest({digest})"));

    [Theory]
    [InlineData("'team', 'app', 'crr-x'", "team/app")]
    [InlineData("$null, $null, 'crr-x'", "crr-x")]
    [InlineData("'', '', 'crr-x'", "crr-x")]
    [InlineData("[NullString]::Value, [NullString]::Value, [NullString]::Value", "")]
    public void Shows_name_or_ID_of_repository(string known, string text) => Assert.Equal(text, Format($"Repository({known})"));

    private string Format(string call) => Assert.Single(_session.Run("[CrRegistry.TagFormat]::" + call).AssertNoError().Texts);
}
