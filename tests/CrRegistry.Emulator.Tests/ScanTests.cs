using System.Net;
using System.Text.Json.Nodes;

namespace CrRegistry.Emulator.Tests;

public sealed class ScanTests : IAsyncLifetime
{
    private readonly MovableClock _clock = new();
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = _clock });
        _caller = new SignedCaller(_server) { Date = _clock.Now };
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Runs_scan_by_clock()
    {
        Assert.Equal(["Code", "IsSuccess", "RequestId"], (await CallAsync("GetRepoTagScanStatus")).Json.Select(field => field.Key).Order());
        Assert.Equal(["Code", "IsSuccess", "RequestId"], (await CallAsync("CreateRepoTagScanTask")).Json.Select(field => field.Key).Order());

        Assert.Equal(("SCANNING", "ACR_SCAN_SERVICE"), await StatusAsync());
        Assert.Equal((0, 0), await CountsAsync());

        _clock.Now += TimeSpan.FromSeconds(5);
        Assert.Equal(("COMPLETE", "ACR_SCAN_SERVICE"), await StatusAsync());
        Assert.NotEqual((0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Second_start_continues_scan_that_runs()
    {
        await CallAsync("CreateRepoTagScanTask", ("ScanService", "SAS_SCAN_SERVICE"));
        _clock.Now += TimeSpan.FromSeconds(1);

        await CallAsync("CreateRepoTagScanTask");

        Assert.Equal(("SCANNING", "SAS_SCAN_SERVICE"), await StatusAsync());
        _clock.Now += TimeSpan.FromSeconds(5);
        await CallAsync("CreateRepoTagScanTask");
        Assert.Equal(("SCANNING", "ACR_SCAN_SERVICE"), await StatusAsync());
    }

    [Fact]
    public async Task Scans_of_images_without_packages_fail()
    {
        _server.Registry.Repositories[0].Put(new Store.RegistryTag { Tag = "v1", Digest = "ab", ImageSize = 3_400 });
        await CallAsync("CreateRepoTagScanTask");

        _clock.Now += TimeSpan.FromSeconds(5);

        Assert.Equal("FAILED", (await StatusAsync()).Status);
    }

    [Fact]
    public async Task Scan_is_that_of_the_image()
    {
        await CallAsync("CreateRepoTagScanTask");
        _server.Registry.Repositories[0].Put(new Store.RegistryTag { Tag = "v1", Digest = "ab", ImageSize = 20_000_000 });

        Assert.Null((await CallAsync("GetRepoTagScanStatus")).Json["Status"]);
    }

    [Fact]
    public async Task Lists_same_vulnerabilities_each_time()
    {
        await CallAsync("CreateRepoTagScanTask");
        _clock.Now += TimeSpan.FromSeconds(5);

        JsonArray rows = (await CallAsync("ListRepoTagScanResult", ("PageSize", "3"))).Json["Vulnerabilities"]!.AsArray();

        Assert.Equal(3, rows.Count);
        Assert.Equal(
            ["AddedBy", "AliasName", "CveLink", "CveLocation", "CveName", "Description", "Feature", "FixCmd", "ScanType", "Severity", "Version", "VersionFixed", "VersionFormat"],
            rows[0]!.AsObject().Select(field => field.Key).Order());
        await using EmulatorServer second = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = _clock });
        await DisposeAsync();
        (_server, _caller) = (second, new SignedCaller(second) { Date = _clock.Now });
        await CallAsync("CreateRepoTagScanTask");
        _clock.Now += TimeSpan.FromSeconds(5);
        Assert.Equal(rows.ToJsonString(), (await CallAsync("ListRepoTagScanResult", ("PageSize", "3"))).Json["Vulnerabilities"]!.ToJsonString());
    }

    [Fact]
    public async Task Filters_by_severity_and_type()
    {
        await CallAsync("CreateRepoTagScanTask");
        _clock.Now += TimeSpan.FromSeconds(5);
        (string, string) size = ("PageSize", "100");
        JsonObject summary = (await CallAsync("GetRepoTagScanSummary")).Json;

        foreach (string severity in new[] { "High", "Medium", "Low", "Unknown" })
        {
            JsonObject list = (await CallAsync("ListRepoTagScanResult", size, ("Severity", severity))).Json;
            Assert.Equal((int)summary[severity + "Severity"]!, (int)list["TotalCount"]!);
            Assert.All(list["Vulnerabilities"]!.AsArray(), row => Assert.Equal(severity, (string)row!["Severity"]!));
        }

        int[] types = [(int)(await CallAsync("ListRepoTagScanResult", ("ScanType", "cve"))).Json["TotalCount"]!, (int)(await CallAsync("ListRepoTagScanResult", ("ScanType", "sca"))).Json["TotalCount"]!];
        Assert.Equal((int)summary["TotalSeverity"]!, types.Sum());
        Assert.DoesNotContain(0, types);
    }

    [Theory]
    [InlineData("CreateRepoTagScanTask")]
    [InlineData("GetRepoTagScanStatus")]
    [InlineData("GetRepoTagScanSummary")]
    [InlineData("ListRepoTagScanResult")]
    public async Task Rejects_missing_tag_and_repository(string action)
    {
        (string, string) instance = ("InstanceId", _server.InstanceId);
        (await _caller.CallAsync(action, instance, ("RepoId", _server.RepoId), ("Tag", "gone"))).ShouldBe(HttpStatusCode.NotFound, "TAG_NOT_EXIST");
        (await _caller.CallAsync(action, instance, ("RepoId", "crr-none"), ("Tag", "v1"))).ShouldBe(HttpStatusCode.NotFound, "REPO_NOT_EXIST");
        (await _caller.CallAsync(action, instance, ("RepoId", _server.RepoId))).ShouldBe(HttpStatusCode.BadRequest, "MissingTag");
    }

    private Task<Answer> CallAsync(string action, params (string, string)[] more) =>
        _caller.CallAsync(action, [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId), ("Tag", "v1"), .. more]);

    private async Task<(string Status, string Service)> StatusAsync()
    {
        JsonObject reply = (await CallAsync("GetRepoTagScanStatus")).Json;
        return ((string)reply["Status"]!, (string)reply["ScanService"]!);
    }

    private async Task<(int Summary, int List)> CountsAsync() => (
        (int)(await CallAsync("GetRepoTagScanSummary")).Json["TotalSeverity"]!,
        (int)(await CallAsync("ListRepoTagScanResult")).Json["TotalCount"]!);
}
