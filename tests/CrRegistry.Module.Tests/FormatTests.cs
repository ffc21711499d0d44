using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed class FormatTests : ModuleTest
{
    private string Connection => $"$null = Connect-CrRegistry cn-shanghai {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $credential";

    [Theory]
    [InlineData("Get-CrRepoTag team/app")]
    [InlineData("Get-CrRepoTag team/app -All")]
    [InlineData("Get-CrRepoTag team/app -PageNo 3 -PageSize 100")]
    [InlineData("Get-CrRepoTag team/app -PageNo 4 -PageSize 100")]
    [InlineData("Get-CrRepoTag team/app -Skip 95 -First 20")]
    [InlineData("Get-CrRepoTag team/app -Tag v1, v2, 标签")]
    [InlineData("Get-CrRepoTag team/app -Tag v1*, gone")]
    [InlineData("Get-CrRepoTag team/none -All")]
    [InlineData("Get-CrRepoTag team/one -All")]
    [InlineData("Get-CrRepoTag team/app -First 0 -IncludeTotalCount")]
    [InlineData("Get-CrRepoTag team/gone")]
    [InlineData("Get-CrRepoTag crr-gone -All")]
    [InlineData("Get-CrRepoTag team/app -InstanceId cri-other")]
    public void Commands_return_same_output_for_xml_and_json(string command)
    {
        Emulator.Registry.AddRepository("team", "none");
        Emulator.Registry.AddRepository("team", "one").Put(new RegistryTag { Tag = "a&<b>", Status = null });
        Emulator.Registry.Repositories[0].Put(new RegistryTag { Tag = "标签", Digest = "sha256:ab" });

        var json = Given(string.Empty, command);
        var xml = Given("-Format Xml", command);

        Assert.Equal(json.Texts, xml.Texts);
        Assert.Equal(json.Warnings, xml.Warnings);
        Assert.Equal(json.Errors.Select(Told), xml.Errors.Select(Told));
        Assert.Null(xml.Terminating);
    }

    [Fact]
    public void Requests_xml_only_if_specified()
    {
        Given(string.Empty, "Get-CrRepoTag team/app -First 1").AssertNoError();
        Given("-Format Json", "Get-CrRepoTag team/app -First 1").AssertNoError();
        Given("-Format Xml", "Get-CrRepoTag team/app -First 1; (Get-CrContext).Format").AssertNoError();

        Assert.Equal(["Json", "Json", "Json", "Json", "Xml", "Xml"], Emulator.Requests.Select(request => request.Format.ToString()));
    }

    [Fact]
    public void Reports_wrong_secret_without_secret_in_both_formats()
    {
        Session.Set("credential", Session.Credential(Emulator.AccessKeyId, "a-wrong-secret"));

        foreach (var format in new[] { "Json", "Xml" })
        {
            var outcome = Given($"-Format {format}", "Get-CrRepoTag team/app");

            Assert.Equal("AuthenticationError", outcome.Terminating!.CategoryInfo.Category.ToString());
            Assert.Contains("the AccessKey secret is wrong.", outcome.Terminating.ToString(), StringComparison.Ordinal);
            foreach (var secret in new[] { Emulator.AccessKeyId, "a-wrong-secret", "string to sign", "%2F" })
                Assert.DoesNotContain(secret, outcome.Terminating.ToString() + outcome.Terminating.Exception, StringComparison.OrdinalIgnoreCase);
        }
    }

    private Outcome Given(string format, string command) =>
        Session.Run($@"{Connection} {format}; {command} | ForEach-Object {{ if ($_ -is [CrRegistry.ImageTag]) {{ [System.Management.Automation.PSSerializer]::Serialize($_) }} else {{ ""$_"" }} }}");

    // All text except the ID of the request.
    private static string Told(System.Management.Automation.ErrorRecord error) =>
        $"{error.FullyQualifiedErrorId} {error.CategoryInfo} {error.ToString().Split(" RequestId:")[0]}";
}
