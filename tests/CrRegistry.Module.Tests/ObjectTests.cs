using System.Management.Automation;
using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class ObjectTests : ModuleTest
{
    [Fact]
    public void Times_are_local_and_can_be_compared()
    {
        var outcome = Session.Run("""
            Set-StrictMode -Version 3
            $time = @(Get-CrRepoTag team/app -First 2)[1].ImageUpdate
            $time.Kind, ($time -lt [datetime]::Now), ([datetime]::Now -gt $time), ([datetime]::Now.AddDays(-1) -gt $time), ($time -gt [datetime]::Now.AddMinutes(-61))
            """).AssertNoError();

        Assert.Equal(["Local", "True", "True", "False", "True"], outcome.Texts);
    }

    [Fact]
    public void Type_has_every_documented_field()
    {
        var tag = Session.Run("[CrRegistry.ImageTag](Get-CrRepoTag team/app -Tag v0)").AssertNoError().Output.Single();

        Assert.Equal(
            ["Tag", "Digest", "ImageId", "Status", "ImageSize", "ImageCreate", "ImageUpdate", "InstanceId", "RegionId", "RepoId", "RepoNamespaceName", "RepoName"],
            tag.Properties.Select(property => property.Name));
        Assert.Equal("v0", tag.ToString());
        Assert.DoesNotContain("Origin", PSSerializer.Serialize(tag), StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_once_about_tags_without_ImageUpdate()
    {
        var repository = Emulator.Registry.AddRepository("team", "timeless");
        repository.AddGenerated(2);
        foreach (var name in new[] { "a", "b" }) repository.Put(new RegistryTag { Tag = name });

        var outcome = Session.Run("'team/timeless', 'team/timeless' | Get-CrRepoTag -All").AssertNoError();

        Assert.Contains("4 of the returned tags have no ImageUpdate", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(8, outcome.Output.Count);
        Assert.Equal(4, outcome.Output.Count(tag => tag.Properties["ImageUpdate"].Value is null && tag.Properties["Digest"].Value is null));
    }

    [Fact]
    public void Names_single_tag_without_ImageUpdate()
    {
        Emulator.Registry.AddRepository("team", "timeless").Put(new RegistryTag { Tag = "a" });

        var warning = Assert.Single(Session.Run("Get-CrRepoTag team/timeless").AssertNoError().Warnings);

        Assert.StartsWith("1 of the returned tags has no ImageUpdate: 'a' of 'team/timeless'. ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuts_long_tag_in_warning_about_ImageUpdate()
    {
        Emulator.Registry.AddRepository("team", "timeless").Put(new RegistryTag { Tag = new string('a', 100_000) });

        var warning = Assert.Single(Session.Run("Get-CrRepoTag team/timeless").AssertNoError().Warnings);

        Assert.Contains("aaa…' of 'team/timeless'. ", warning, StringComparison.Ordinal);
        Assert.InRange(warning.Length, 1_000, 1_300);
    }

    [Fact]
    public void Verbose_has_one_line_for_each_request()
    {
        var verbose = Session.Run("Get-CrRepoTag team/app -All -Verbose").AssertNoError().Verbose;

        Assert.Equal(6, verbose.Count);
        Assert.StartsWith("GetRepository: ", verbose[0], StringComparison.Ordinal);
        // Both ends are read once more.
        Assert.Equal([1, 1, 2, 3, 3], verbose.Skip(1).Select(line => int.Parse(line.Split(' ', ':')[2], System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.All(verbose, line => Assert.Matches(@"\d+ ms, HTTP 200, RequestId [0-9A-F-]{36}$", line));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Table_fits_screen(int width)
    {
        using var session = new Session(width);
        session.Connect(Emulator);

        foreach (var source in new[] { "Get-CrRepoTag team/app -First 3", "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@(Get-CrRepoTag team/app -First 3)))" })
        {
            var lines = session.Show(source).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

            Assert.Equal("Repository: team/app", lines[0]);
            Assert.Matches(@"^Status +Size +Updated +Digest +Tag$", lines[1]);
            Assert.Matches(@"^NORMAL +[\d.]+ MB +1 hour +[0-9a-f]{12} v1$", lines[4]);
            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        }
    }
}
