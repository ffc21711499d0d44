namespace CrRegistry;

/// <summary>The latest scan of a tag, as the operations GetRepoTagScanStatus and GetRepoTagScanSummary return it (API cr 2018-12-01).</summary>
public sealed class TagScan
{
    internal const string NotScanned = nameof(NotScanned);
    internal const string Scanning = "SCANNING";
    internal const string Retrying = "RETRYING";
    internal const string Complete = "COMPLETE";
    internal const string Failed = "FAILED";

    /// <summary>The name of the tag.</summary>
    public string Tag { get; set; } = string.Empty;

    /// <summary>The status of the service: <c>SCANNING</c>, <c>RETRYING</c>, <c>COMPLETE</c> or <c>FAILED</c>. It is <c>NotScanned</c> if the tag was never scanned.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>The scan engine: <c>ACR_SCAN_SERVICE</c> or <c>SAS_SCAN_SERVICE</c>.</summary>
    public string? ScanService { get; set; }

    /// <summary>The number of vulnerabilities of high severity. This and the other numbers are null unless the scan is complete.</summary>
    public long? HighSeverity { get; set; }

    /// <summary>The number of vulnerabilities of medium severity.</summary>
    public long? MediumSeverity { get; set; }

    /// <summary>The number of vulnerabilities of low severity.</summary>
    public long? LowSeverity { get; set; }

    /// <summary>The number of vulnerabilities of unknown severity.</summary>
    public long? UnknownSeverity { get; set; }

    /// <summary>The number of all vulnerabilities.</summary>
    public long? TotalSeverity { get; set; }

    /// <summary>The ID of the instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region; null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the repository.</summary>
    public string? RepoId { get; set; }

    /// <summary>The namespace of the repository; null if it is not known.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository; null if it is not known.</summary>
    public string? RepoName { get; set; }

    /// <summary>True if the scan is complete or has failed.</summary>
    internal bool HasEnded => Status is Complete or Failed;

    /// <summary>True if two replies may be about the same scan. They have neither an ID nor a time.</summary>
    internal bool MayBeSameAs(TagScan other) => Status == other.Status && ScanService == other.ScanService;

    /// <summary>True if the scan has begun and has not ended.</summary>
    internal bool IsRunning => Status is Scanning or Retrying;

    /// <summary>Returns a status of the service. A known one is returned in capital letters, because PowerShell compares in any case.</summary>
    /// <param name="status">The status; null for a tag that was never scanned.</param>
    internal static string StatusOf(string? status) => status is null
        ? NotScanned
        : Array.Find([Scanning, Retrying, Complete, Failed], known => known.Equals(status, StringComparison.OrdinalIgnoreCase)) ?? status;

    /// <summary>The tag's name.</summary>
    /// <returns><see cref="Tag"/>.</returns>
    public override string ToString() => Tag;
}
