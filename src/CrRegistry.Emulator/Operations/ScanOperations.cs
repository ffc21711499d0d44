using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>CreateRepoTagScanTask, GetRepoTagScanStatus, GetRepoTagScanSummary and ListRepoTagScanResult.</summary>
internal static class ScanOperations
{
    private const string DefaultService = "ACR_SCAN_SERVICE";

    public static JsonObject Create(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        repository.StartScan(Lookup.Tag(repository, parameters), parameters.Optional("ScanService") ?? DefaultService, store.Now);
        return [];
    }

    // The documents have no status for a tag that was never scanned, so that the reply does not contain one.
    public static JsonObject Status(RegistryStore store, CallParameters parameters) => Scan(store, parameters) is { } scan
        ? new JsonObject { ["Status"] = scan.StatusAt(store.Now), ["ScanService"] = scan.Service }
        : [];

    public static JsonObject Summary(RegistryStore store, CallParameters parameters)
    {
        Vulnerability[] all = Vulnerabilities(store, parameters);
        var fields = new JsonObject();
        foreach (string severity in ImageScan.Severities)
            fields[severity + "Severity"] = all.Count(one => one.Severity == severity);
        fields["TotalSeverity"] = all.Length;
        return fields;
    }

    public static JsonObject List(RegistryStore store, CallParameters parameters)
    {
        var paging = Paging.Of(parameters, store.LargestPageSize);
        Vulnerability[] all = [.. Vulnerabilities(store, parameters).Where(one =>
            (parameters.Optional("Severity") ?? one.Severity) == one.Severity
            && (parameters.Optional("ScanType") ?? one.ScanType) == one.ScanType)];
        return Listing.Of("Vulnerabilities", paging, Listing.PageOf(all, paging, Row), all.Length);
    }

    /// <summary>Returns the vulnerabilities of a complete scan, and none otherwise.</summary>
    private static Vulnerability[] Vulnerabilities(RegistryStore store, CallParameters parameters) =>
        Scan(store, parameters) is { } scan && scan.StatusAt(store.Now) == ImageScan.Complete ? [.. scan.Vulnerabilities()] : [];

    private static ImageScan? Scan(RegistryStore store, CallParameters parameters)
    {
        RegistryRepository repository = Lookup.RepositoryById(store, parameters);
        return repository.FindScan(Lookup.Tag(repository, parameters));
    }

    private static JsonObject Row(Vulnerability one) => new()
    {
        ["CveName"] = one.CveName,
        ["CveLink"] = "https://example.com/" + one.CveName,
        ["CveLocation"] = one.CveLocation,
        ["Severity"] = one.Severity,
        ["ScanType"] = one.ScanType,
        ["Feature"] = one.Feature,
        ["Version"] = one.Version,
        ["VersionFixed"] = one.VersionFixed,
        ["VersionFormat"] = one.VersionFormat,
        ["AddedBy"] = one.AddedBy,
        ["Description"] = $"A made-up vulnerability of {one.Feature}.",
        ["FixCmd"] = one.VersionFixed.Length > 0 && one.VersionFormat == "dpkg" ? $"apt-get install {one.Feature}={one.VersionFixed}" : "",
        ["AliasName"] = "",
    };
}
