using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Packaging;

/// <summary>The content of the package that the Gallery and the licenses of its parts require.</summary>
[Collection(nameof(Package))]
public sealed partial class PackageContentTests(Package package)
{
    [Fact]
    public void Contains_the_staged_files_which_the_manifest_lists()
    {
        using var archive = ZipFile.OpenRead(package.File);
        var staged = Directory.EnumerateFiles(Paths.Module, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Paths.Module, file).Replace('\\', '/')).Order(StringComparer.Ordinal).ToArray();
        // The other files belong to the package format.
        Assert.Equal(staged, archive.Entries.Select(entry => entry.FullName).Where(name => !Packaging().IsMatch(name)).Order(StringComparer.Ordinal));
        Assert.Equal(staged, ListedFiles(File.ReadAllText(Path.Join(Paths.Module, "CrRegistry.psd1"))).Order(StringComparer.Ordinal));
        string[] required = ["LICENSE", "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json", "CrRegistry.psd1", "en-US/about_CrRegistry.help.txt"];
        Assert.Empty(required.Except(staged));
    }

    [Fact]
    public void Manifest_has_no_comment_of_the_source() =>
        Assert.DoesNotContain(File.ReadLines(Path.Join(Paths.Module, "CrRegistry.psd1")), line => line.TrimStart().StartsWith('#'));

    [Fact]
    public async Task Rejects_build_of_another_configuration()
    {
        var other = Paths.Configuration == "Debug" ? "Release" : "Debug";
        var made = File.GetLastWriteTimeUtc(package.File);
        var run = await Package.MakeAsync("Package", other);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"is a {Paths.Configuration} build. Run './build.ps1 -Task Build, Package -Configuration {other}'.", WrappedLine().Replace(run.Error, " "));
        Assert.Equal(made, File.GetLastWriteTimeUtc(package.File));
    }

    [Fact]
    public void Has_addresses_and_supported_systems()
    {
        using var archive = ZipFile.OpenRead(package.File);
        using var stream = archive.GetEntry("CrRegistry.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        foreach (var address in (string[])["projectUrl", "licenseUrl", "releaseNotes"])
            Assert.True(Uri.TryCreate(Assert.Single(metadata[address]), UriKind.Absolute, out var uri) && uri.Scheme == "https", address);
        Assert.StartsWith(Assert.Single(metadata["projectUrl"]), Assert.Single(metadata["licenseUrl"]));
        string[] required = ["PSModule", "Windows", "Linux", "MacOS", "PSEdition_Desktop", "PSEdition_Core"];
        Assert.Empty(required.Except(Assert.Single(metadata["tags"]).Split(' ')));
        Assert.NotEmpty(Assert.Single(metadata["copyright"]));
    }

    [Fact]
    public void Has_notice_of_each_package()
    {
        var shipped = Shipped();
        Assert.NotEmpty(shipped);
        var notices = File.ReadAllText(Path.Join(Paths.Module, "THIRD-PARTY-NOTICES.txt"));
        var entries = NoticeEntry().Matches(notices).ToDictionary(entry => entry.Groups["package"].Value, entry => (entry.Groups["copyright"].Value, entry.Groups["license"].Value));
        Assert.Equal(shipped.Select(one => $"{one.Name} {one.Version}"), entries.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, version) in shipped)
        {
            var metadata = XDocument.Load(Path.Join(Paths.Packages, name.ToLowerInvariant(), version, $"{name.ToLowerInvariant()}.nuspec")).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
            Assert.Equal((metadata["copyright"].Single(), metadata["license"].Single()), entries[$"{name} {version}"]);
        }

        // The notices contain the texts of all licenses: the MIT License and the BSD 3-Clause License.
        Assert.All(entries.Values, entry => Assert.Contains(entry.Item2, (string[])["MIT", "BSD-3-Clause"]));
        Assert.Contains("The MIT License (MIT)", notices);
        Assert.Contains("Neither the name of the copyright holder", notices);
    }

    [Fact]
    public void Has_bill_of_materials_of_each_package()
    {
        var bill = JsonNode.Parse(File.ReadAllText(Path.Join(Paths.Module, "sbom.cdx.json")))!;
        var components = bill["components"]!.AsArray().Select(component => ((string)component!["name"]!, (string)component["version"]!));
        Assert.Equal(Shipped(), components.Order());
        Assert.Equal("CycloneDX", (string)bill["bomFormat"]!);
        var version = Path.GetFileNameWithoutExtension(package.File)["CrRegistry.".Length..];
        Assert.Equal(("CrRegistry", version), ((string)bill["metadata"]!["component"]!["name"]!, (string)bill["metadata"]!["component"]!["version"]!));
        Assert.Equal("MIT License", File.ReadLines(Path.Join(Paths.Module, "LICENSE")).First());
    }

    // Each assembly has the name of its package. The lock file has the version.
    private static (string Name, string Version)[] Shipped()
    {
        var locked = JsonNode.Parse(File.ReadAllText(Path.Join(Paths.Root, "src/CrRegistry/packages.lock.json")))!["dependencies"]!.AsObject().Single().Value!;
        return [.. Directory.EnumerateFiles(Path.Join(Paths.Module, "dependencies"), "*.dll").Select(Path.GetFileNameWithoutExtension).Where(name => name != "CrRegistry.Client")
            .Select(name => (name!, (string)locked[name!]!["resolved"]!)).Order()];
    }

    private static string[] ListedFiles(string manifest) => [.. QuotedName().Matches(FileList().Match(manifest).Value).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^(_rels/|package/|\[Content_Types\]\.xml$|CrRegistry\.nuspec$)")]
    private static partial Regex Packaging();

    [GeneratedRegex(@"FileList\s*=\s*@\([^)]*\)")]
    private static partial Regex FileList();

    [GeneratedRegex(@"\s+\|\s+|\s+")]
    private static partial Regex WrappedLine();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"(?m)^(?<package>\S+ \S+)\n    (?<copyright>.+)\n    License: (?<license>\S+)\n    https?://\S+$")]
    private static partial Regex NoticeEntry();
}
