namespace CrRegistry.Emulator.Store;

/// <summary>A scan of an image. Its result is computed from the digest, so that it is the same at each start.</summary>
/// <param name="Digest">The digest of the image.</param>
/// <param name="Service">The scan engine.</param>
/// <param name="StartedAt">The time at which the scan was started.</param>
/// <param name="Fails">True if the scan fails.</param>
internal sealed record ImageScan(string Digest, string Service, DateTimeOffset StartedAt, bool Fails)
{
    public const string Scanning = "SCANNING";
    public const string Complete = "COMPLETE";
    public const string Failed = "FAILED";

    public static readonly string[] Severities = ["High", "Medium", "Low", "Unknown"];

    private const int MostVulnerabilities = 160;
    private const int FirstYear = 2018;
    private const int Years = 8;

    // Names and versions of packages are real. The vulnerabilities are made up.
    private static readonly (string Feature, string Version, string Format, string Type)[] s_packages =
    [
        ("openssl", "1.1.1n-0+deb11u3", "dpkg", "cve"), ("zlib", "1:1.2.11.dfsg-2", "dpkg", "cve"), ("glibc", "2.31-13+deb11u5", "dpkg", "cve"),
        ("curl", "7.74.0-1.3", "dpkg", "cve"), ("ncurses", "6.2+20201114-2", "dpkg", "cve"), ("expat", "2.2.10-2", "dpkg", "cve"), ("libxml2", "2.9.10+dfsg-6.7", "dpkg", "cve"),
        ("lodash", "4.17.15", "npm", "sca"), ("minimist", "1.2.5", "npm", "sca"), ("github.com/gorilla/websocket", "v1.4.0", "go", "sca"),
        ("org.yaml:snakeyaml", "1.26", "maven", "sca"), ("Newtonsoft.Json", "12.0.3", "nuget", "sca"),
    ];

    /// <summary>The time that a scan takes: 2 to 5 seconds.</summary>
    private TimeSpan Duration => TimeSpan.FromSeconds(2 + NumberAt(0, 4));

    public string StatusAt(DateTimeOffset now) => now - StartedAt < Duration ? Scanning : Fails ? Failed : Complete;

    /// <summary>Returns the vulnerabilities of an image.</summary>
    public IEnumerable<Vulnerability> Vulnerabilities()
    {
        int count = NumberAt(1, MostVulnerabilities);
        for (int i = 0; i < count; i++)
        {
            string hash = Fingerprint.Hex($"{Digest} {i}");
            (string feature, string version, string format, string type) = s_packages[Number(hash, 0, s_packages.Length)];
            string name = $"CVE-{FirstYear + Number(hash, 1, Years)}-{10_000 + i}";
            yield return new Vulnerability(
                name,
                SeverityOf(Number(hash, 2, 100)),
                type,
                feature,
                version,
                Number(hash, 4, 3) == 0 ? "" : version + ".1",
                format,
                "sha256:" + Fingerprint.Hex($"{Digest} layer {Number(hash, 5, 5)}"),
                type == "sca" ? $"/app/{format}/{feature}" : "");
        }
    }

    private static string SeverityOf(int percentile) => percentile switch
    {
        < 12 => "High",
        < 50 => "Medium",
        < 94 => "Low",
        _ => "Unknown",
    };

    private int NumberAt(int place, int limit) => Number(Fingerprint.Hex(Digest), place, limit);

    /// <summary>Returns a number below a limit from four digits of a hash.</summary>
    private static int Number(string hash, int place, int limit) => Convert.ToInt32(hash.Substring(4 * place, 4), 16) % limit;
}

/// <summary>A vulnerability that a scan found.</summary>
internal sealed record Vulnerability(
    string CveName, string Severity, string ScanType, string Feature, string Version, string VersionFixed, string VersionFormat, string AddedBy, string CveLocation);
