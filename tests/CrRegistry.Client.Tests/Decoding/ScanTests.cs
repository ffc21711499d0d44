using System.Globalization;
using System.Net;
using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>The operations on scans, in the form of the service.</summary>
public sealed class ScanTests : IDisposable
{
    private const string Row = """
        {"Severity":"High","AddedBy":"sha256:0f3c","CveName":"CVE-2021-7","Description":"d","Feature":"zlib","Version":"1:1.2","VersionFormat":"dpkg",
        "CveLink":"https://example.invalid/CVE-2021-7","VersionFixed":"1:1.3","FixCmd":"apt install zlib","CveLocation":"/lib/z","ScanType":"cve","AliasName":"缺陷"}
        """;

    private readonly FakeRegistry _registry = FakeRegistry.WithTags(3);
    private readonly Dictionary<string, Queue<string>> _replies = [];
    private string? _warning;

    public static TheoryData<string, string, string> Scans => new()
    {
        {
            "application/json",
            """{"Status":"COMPLETE","Code":"success","IsSuccess":true,"RequestId":"R-1","ScanService":"ACR_SCAN_SERVICE"}""",
            """{"UnknownSeverity":4,"RequestId":"R-1","TotalSeverity":33,"Code":"success","MediumSeverity":8,"IsSuccess":true,"HighSeverity":2,"LowSeverity":19}"""
        },
        {
            "application/json",
            """{"Status":"COMPLETE","Code":"success","IsSuccess":"true","ScanService":"ACR_SCAN_SERVICE","New":{"a":1}}""",
            """{"UnknownSeverity":"4","TotalSeverity":"33","Code":"success","MediumSeverity":"8","HighSeverity":2.0,"LowSeverity":1.9e1}"""
        },
        // No document shows these replies in XML.
        {
            "text/xml",
            "<Status>COMPLETE</Status><Code>success</Code><IsSuccess>true</IsSuccess><RequestId>R-1</RequestId><ScanService>ACR_SCAN_SERVICE</ScanService>",
            "<UnknownSeverity>4</UnknownSeverity><TotalSeverity>33</TotalSeverity><Code>success</Code><MediumSeverity>8</MediumSeverity><IsSuccess>true</IsSuccess><HighSeverity>2</HighSeverity><LowSeverity>19</LowSeverity>"
        },
        {
            "text/xml",
            """<?xml version="1.0"?><GetRepoTagScanStatusResponse><Status>COMPLETE</Status><Code>success</Code><ScanService>ACR_SCAN_SERVICE</ScanService></GetRepoTagScanStatusResponse>""",
            "<GetRepoTagScanSummaryResponse><Code>success</Code><UnknownSeverity>4</UnknownSeverity><TotalSeverity>33</TotalSeverity><MediumSeverity>8</MediumSeverity><HighSeverity>2</HighSeverity><LowSeverity>19</LowSeverity></GetRepoTagScanSummaryResponse>"
        },
    };

    public static TheoryData<string, string> Lists => new()
    {
        { "application/json", $$"""{"RequestId":"R-1","Code":"success","PageNo":1,"IsSuccess":true,"PageSize":100,"TotalCount":1,"Vulnerabilities":[{{Row}}]}""" },
        { "application/json", $$"""{"Code":"success","TotalCount":"1","Vulnerabilities":[{{Row}}]}""" },
        {
            "text/xml", """
            <ListRepoTagScanResultResponse><Code>success</Code><PageNo>1</PageNo><IsSuccess>true</IsSuccess><PageSize>100</PageSize><TotalCount>1</TotalCount><Vulnerabilities>
            <Severity>High</Severity><AddedBy>sha256:0f3c</AddedBy><CveName>CVE-2021-7</CveName><Description>d</Description><Feature>zlib</Feature><Version>1:1.2</Version><VersionFormat>dpkg</VersionFormat>
            <CveLink>https://example.invalid/CVE-2021-7</CveLink><VersionFixed>1:1.3</VersionFixed><FixCmd>apt install zlib</FixCmd><CveLocation>/lib/z</CveLocation><ScanType>cve</ScanType><AliasName>缺陷</AliasName>
            </Vulnerabilities></ListRepoTagScanResultResponse>
            """
        },
    };

    private IReadOnlyList<string> Actions => [.. _registry.Requests.Select(request => request.Action)];

    public void Dispose() => _registry.Dispose();

    [Theory]
    [MemberData(nameof(Scans))]
    public void Reads_status_and_summary(string contentType, string status, string summary)
    {
        Reply(contentType, ("GetRepoTagScanStatus", status), ("GetRepoTagScanSummary", summary));

        var (scan, failure) = Read();

        Assert.Null(failure);
        Assert.Equal(
            ("v1", "COMPLETE", "ACR_SCAN_SERVICE", 2L, 8L, 19L, 4L, 33L, FakeRegistry.InstanceId, "cn-test", FakeRegistry.RepoId),
            (scan!.ToString(), scan.Status, scan.ScanService, scan.HighSeverity, scan.MediumSeverity, scan.LowSeverity, scan.UnknownSeverity, scan.TotalSeverity, scan.InstanceId, scan.RegionId, scan.RepoId));
        Assert.All(_registry.Requests, request => Assert.Equal("InstanceId=cri-test RepoId=crr-test Tag=v1", string.Join(' ', request.Parameters.Where(pair => pair.Key is "InstanceId" or "RepoId" or "Tag" or "Digest").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))));
    }

    [Theory]
    [InlineData("SCANNING")]
    [InlineData("RETRYING")]
    [InlineData("FAILED")]
    [InlineData("QUEUED")]
    [InlineData("Scanning", "SCANNING")]
    public void Reads_no_summary_unless_scan_is_complete(string status, string? shown = null)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status(status)));

        var scan = Read().Scan!;

        Assert.Equal((shown ?? status, null, null), (scan.Status, scan.HighSeverity, scan.TotalSeverity));
        Assert.Equal(["GetRepoTagScanStatus"], Actions);
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true}""")]
    [InlineData("""{"Code":"success","IsSuccess":true,"Status":"","ScanService":""}""")]
    [InlineData("""{"Code":"success","IsSuccess":true,"Status":null}""")]
    [InlineData("""{"Code":"SCAN_TASK_NOT_EXIST","IsSuccess":false}""")]
    [InlineData("""{"Code":"SCAN_TASK_NOT_FOUND","IsSuccess":false}""")]
    [InlineData("""{"Code":"ScanTask.NotFound","IsSuccess":false}""")]
    [InlineData("""{"Code":"SCAN_NOT_EXIST","IsSuccess":false}""")]
    [InlineData("""{"Code":"InvalidScanTaskId.NotFound","IsSuccess":false}""")]
    public void Returns_NotScanned_if_tag_was_never_scanned(string reply)
    {
        Reply("application/json", ("GetRepoTagScanStatus", reply));

        Assert.Equal((TagScan.NotScanned, null), (Read(checksTag: true).Scan!.Status, Read().Failure));
        Assert.Equal(["GetRepoTagScanStatus", "GetRepoTag", "GetRepoTagScanStatus"], Actions);
    }

    [Theory]
    [InlineData("TAG_NOT_EXIST")]
    [InlineData("REPO_NOT_EXIST")]
    [InlineData("NoPrivilege")]
    [InlineData("SCAN_SERVICE_UNAVAILABLE")]
    [InlineData("SCAN_SERVICE_NOT_EXIST")]
    [InlineData("SCAN_RULE_NOT_EXIST")]
    public void Reports_other_failures(string code)
    {
        Reply("application/json", ("GetRepoTagScanStatus", $$"""{"Code":"{{code}}","IsSuccess":false}"""));

        Assert.Equal(code, Assert.IsType<CrApiException>(Read().Failure).Code);
    }

    [Fact]
    public void Reports_missing_tag_that_user_named()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status(null)));

        Assert.Equal("TAG_NOT_EXIST", Assert.IsType<CrApiException>(Read("v9", checksTag: true).Failure).Code);
    }

    [Theory]
    [InlineData("""{"Code":"success","HighSeverity":"many"}""", "it has an invalid HighSeverity 'many'")]
    [InlineData("""{"Code":"success","HighSeverity":-1}""", "it has an invalid HighSeverity '-1'")]
    [InlineData("""{"Code":"success","HighSeverity":4294967296}""", "it has an invalid HighSeverity '4294967296'")]
    [InlineData("""{"Code":"success"}""", "it has no HighSeverity")]
    [InlineData("""{"Code":"success","highSeverity":0}""", "it has no HighSeverity")]
    [InlineData("""{"Code":"success","HighSeverity":0,"MediumSeverity":null}""", "it has no MediumSeverity")]
    [InlineData("""{"Code":"success","HighSeverity":0,"MediumSeverity":0,"LowSeverity":""}""", "it has no LowSeverity")]
    [InlineData("""{"Code":"success","HighSeverity":0,"MediumSeverity":0,"LowSeverity":0}""", "it has no UnknownSeverity")]
    [InlineData("""{"Code":"success","HighSeverity":0,"MediumSeverity":0,"LowSeverity":0,"UnknownSeverity":0}""", "it has no TotalSeverity")]
    [InlineData("""{"Code":"success","HighSeverity":2,"MediumSeverity":0,"LowSeverity":0,"UnknownSeverity":0,"TotalSeverity":1}""", "its TotalSeverity 1 is less than the sum of the other numbers")]
    public void Rejects_missing_or_invalid_number(string summary, string problem)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("GetRepoTagScanSummary", summary));

        var (scan, outcome) = Read();

        Assert.Null(scan);
        var failure = Assert.IsType<CrApiException>(outcome);
        Assert.Equal((CrErrorCode.InvalidResult, "GetRepoTagScanSummary"), (failure.Code, failure.Action));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_total_with_severities_that_have_no_number()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("GetRepoTagScanSummary", Summary(0, total: 50)));

        Assert.Equal((0, 50), (Read().Scan!.HighSeverity, Read().Scan!.TotalSeverity));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Reads_vulnerability(string contentType, string body)
    {
        Reply(contentType, ("GetRepoTagScanStatus", contentType == "text/xml" ? "<Status>COMPLETE</Status><Code>success</Code>" : Status("COMPLETE")), ("ListRepoTagScanResult", body));

        var row = Assert.Single(List().Rows);

        Assert.Equal(
            ("CVE-2021-7", "https://example.invalid/CVE-2021-7", "/lib/z", "High", "cve", "zlib", "1:1.2", "1:1.3", "dpkg", "sha256:0f3c", "d", "apt install zlib", "缺陷"),
            (row.CveName, row.CveLink, row.CveLocation, row.Severity, row.ScanType, row.Feature, row.Version, row.VersionFixed, row.VersionFormat, row.AddedBy, row.Description, row.FixCmd, row.AliasName));
        Assert.Equal(("CVE-2021-7", "v1", FakeRegistry.InstanceId, "cn-test", FakeRegistry.RepoId), (row.ToString(), row.Tag, row.InstanceId, row.RegionId, row.RepoId));
    }

    [Fact]
    public void Returns_equal_rows()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("ListRepoTagScanResult", $$"""{"Code":"success","TotalCount":3,"Vulnerabilities":[{{Row}},{{Row}},{{Row}}]}"""));

        Assert.Equal(3, List().Rows.Count);
    }

    [Theory]
    [InlineData(null, 0, 250)]
    [InlineData(150, 0, 150)]
    [InlineData(120, 110, 120)]
    [InlineData(null, 230, 20)]
    public void Returns_equal_rows_of_several_pages(int? first, int skip, int count)
    {
        string[] all = [.. Enumerable.Range(0, 250).Select(number => $$"""{"CveName":"CVE-{{(number % 2 == 0 ? 0 : number)}}"}""")];
        ReplyPages(() => all);

        var listed = Listed<TagVulnerability>.Of(_registry, new TagVulnerabilities(Scope(), "v1", null), RowRange.Range(skip, first, null), new NameFilter<TagVulnerability>([], null));

        Assert.Null(listed.Failure);
        Assert.Equal(all.Skip(skip).Take(count).Order(), listed.Rows.Select(row => $$"""{"CveName":"{{row.CveName}}"}""").Order());
    }

    [Theory]
    [InlineData("High", "High")]
    [InlineData(null, null)]
    public void Sends_severity(string? severity, string? sent)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("ListRepoTagScanResult", $$"""{"Code":"success","TotalCount":1,"Vulnerabilities":[{{Row}}]}"""));

        Assert.Single(List(severity).Rows);
        Assert.Equal(sent, _registry.Requests.Single(request => request.Action == "ListRepoTagScanResult").Parameters.GetValueOrDefault("Severity"));
    }

    [Theory]
    [InlineData("""{"CveName":"CVE-1","Severity":"High"},{"CveName":"CVE-2","Severity":"Low"}""", "row 2 of page 1 has the Severity 'Low' instead of 'High'")]
    [InlineData("""{"CveName":"CVE-1"}""", "row 1 of page 1 has the Severity '' instead of 'High'")]
    [InlineData("""{"Severity":"High"}""", "row 1 of page 1 has neither a CveName nor a Feature")]
    [InlineData("null", "row 1 of page 1 has neither a CveName nor a Feature")]
    public void Rejects_row_that_was_not_requested(string rows, string problem)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("ListRepoTagScanResult", $$"""{"Code":"success","TotalCount":"2","Vulnerabilities":[{{rows}}]}"""));

        var failure = Assert.IsType<CrApiException>(List("High").Failure);

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>An empty list of a tag that was not scanned would look like an image without vulnerabilities.</summary>
    [Theory]
    [InlineData(null, "The tag has not been scanned")]
    [InlineData("FAILED", "The latest scan of the tag failed")]
    [InlineData("SCANNING", "The scan of the tag is not complete. Its status is 'SCANNING'.")]
    [InlineData("RETRYING", "The scan of the tag is not complete. Its status is 'RETRYING'.")]
    public void Reports_list_of_scan_that_is_not_complete(string? status, string message)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status(status)), ("ListRepoTagScanResult", """{"Code":"success","TotalCount":0,"Vulnerabilities":[]}"""));

        var listed = List();

        Assert.Empty(listed.Rows);
        Assert.Equal(CrErrorCode.ScanNotComplete, Assert.IsType<CrApiException>(listed.Failure).Code);
        Assert.StartsWith(message, listed.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ListRepoTagScanResult", Actions);
    }

    [Fact]
    public void Returns_no_rows_of_complete_scan_without_vulnerabilities()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("ListRepoTagScanResult", """{"Code":"success","TotalCount":0,"Vulnerabilities":[]}"""));

        var listed = List();

        Assert.Null(listed.Failure);
        Assert.Empty(listed.Rows);
    }

    /// <summary>A scan that begins after the status was read has an empty list at first, and then a part.</summary>
    [Theory]
    [InlineData("SCANNING", 0)]
    [InlineData(null, 0)]
    [InlineData("SCANNING", 1)]
    public void Reports_list_of_scan_that_began_meanwhile(string? after, int rows)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("GetRepoTagScanStatus", Status(after)), ("ListRepoTagScanResult", $$"""{"Code":"success","TotalCount":{{rows}},"Vulnerabilities":[{{(rows > 0 ? Row : "")}}]}"""));

        var failure = List().Failure!;

        if (rows == 0) Assert.Equal(CrErrorCode.ScanNotComplete, Assert.IsType<CrApiException>(failure).Code);
        else Assert.StartsWith("The list of vulnerabilities may not be valid (1 vulnerability). ", Assert.IsType<IncompleteListingException>(failure).Message, StringComparison.Ordinal);
        Assert.EndsWith($"The scan of the tag was complete before its vulnerabilities were listed. Its status is now '{after ?? "NotScanned"}'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_list_of_scan_by_another_engine()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("GetRepoTagScanStatus", Status("COMPLETE").Replace("ACR_SCAN", "SAS_SCAN", StringComparison.Ordinal)), ("ListRepoTagScanResult", $$"""{"Code":"success","TotalCount":1,"Vulnerabilities":[{{Row}}]}"""));

        Assert.EndsWith("The engine of the scan changed from 'ACR_SCAN_SERVICE' to 'SAS_SCAN_SERVICE' while the vulnerabilities of the tag were listed.", Assert.IsType<IncompleteListingException>(List().Failure).Message, StringComparison.Ordinal);
    }

    /// <summary>Another engine shows that the scan is a new one.</summary>
    [Fact]
    public void Accepts_result_of_another_engine_at_once()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("GetRepoTagScanStatus", Status("COMPLETE").Replace("ACR_SCAN", "SAS_SCAN", StringComparison.Ordinal)), ("GetRepoTagScanSummary", Summary(7, total: 7)));

        var (scan, failure) = Start(wait: true);

        Assert.Equal(("SAS_SCAN_SERVICE", null, null), (scan!.ScanService, failure, _warning));
        Assert.Equal(2, Actions.Count(action => action == "GetRepoTagScanStatus"));
    }

    [Fact]
    public void Reports_first_page_of_scan_that_began_meanwhile()
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")), ("GetRepoTagScanStatus", Status("SCANNING")), ("ListRepoTagScanResult", $$"""{"Code":"success","TotalCount":1,"Vulnerabilities":[{{Row}}]}"""));

        Assert.IsType<IncompleteListingException>(Listed<TagVulnerability>.Of(_registry, new TagVulnerabilities(Scope(), "v1", null), RowRange.FirstPage(30), new NameFilter<TagVulnerability>([], null)).Failure);
    }

    /// <summary>Rows of two scans are not the list of the latest one.</summary>
    [Theory]
    [InlineData(1, 250, 250)]
    [InlineData(1, 250, 50)]
    [InlineData(1, 250, 0)]
    [InlineData(4, 250, 3)]
    public void Fails_if_another_scan_replaces_the_list(int requests, int before, int after)
    {
        ReplyPages(() =>
        {
            var isNew = Actions.Count(action => action == "ListRepoTagScanResult") > requests;
            return [.. Enumerable.Range(0, isNew ? after : before).Select(number => $$"""{"CveName":"CVE-{{isNew}}-{{number}}"}""")];
        });

        Assert.IsType<IncompleteListingException>(List().Failure);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("COMPLETE", null)]
    [InlineData("FAILED", "SAS_SCAN_SERVICE")]
    [InlineData("INIT", null)]
    [InlineData("QUEUED", null)]
    [InlineData("complete", null)]
    public void Starts_scan(string before, string? service)
    {
        Statuses(before);

        Assert.Equal((null, null), Start(service: service));
        Assert.Equal(["GetRepoTagScanStatus", "CreateRepoTagScanTask"], Actions);
        Assert.Equal(
            "InstanceId=cri-test RepoId=crr-test" + (service is null ? "" : " ScanService=SAS_SCAN_SERVICE") + " Tag=v1",
            string.Join(' ', _registry.Requests[1].Parameters.Where(pair => Operation.CreateRepoTagScanTask.Parameters.Any(known => known.Name == pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("SCANNING")]
    [InlineData("RETRYING")]
    public void Starts_no_second_scan(string status)
    {
        Statuses(status, status, "COMPLETE");

        Assert.Equal("COMPLETE", Start(wait: true).Scan!.Status);
        Assert.DoesNotContain("CreateRepoTagScanTask", Actions);
        Assert.Null(_warning);
        _replies.Clear();
        Statuses(status);
        Start();
        Assert.Equal("No scan was started, because a scan of the tag is already running.", _warning);
        Assert.DoesNotContain("CreateRepoTagScanTask", Actions);
    }

    /// <summary>The status has no ID and no time of the scan, so that the first one may be that of the earlier scan.</summary>
    [Theory]
    [InlineData("SCANNING COMPLETE", 2)]
    [InlineData(" SCANNING RETRYING COMPLETE", 4)]
    [InlineData("COMPLETE COMPLETE SCANNING COMPLETE", 1, "")]
    [InlineData("COMPLETE", 6, "COMPLETE")]
    [InlineData("COMPLETE SCANNING COMPLETE", 3, "COMPLETE")]
    [InlineData("COMPLETE COMPLETE COMPLETE COMPLETE SCANNING SCANNING COMPLETE", 7, "COMPLETE")]
    [InlineData("COMPLETE QUEUED COMPLETE", 3, "COMPLETE")]
    [InlineData("COMPLETE  COMPLETE SCANNING COMPLETE", 5, "COMPLETE")]
    [InlineData("COMPLETE COMPLETE", 1, "FAILED")]
    [InlineData("FAILED FAILED SCANNING COMPLETE", 4, "FAILED")]
    public void Waits_for_end_of_new_scan(string after, int reads, string before = "")
    {
        Statuses([before, .. after.Split(' ')]);

        var (scan, failure) = Start(wait: true);

        Assert.Null(failure);
        Assert.Equal(("COMPLETE", 7L), (scan!.Status, scan.TotalSeverity));
        Assert.Equal(["GetRepoTagScanStatus", "CreateRepoTagScanTask", .. Enumerable.Repeat("GetRepoTagScanStatus", reads), "GetRepoTagScanSummary"], Actions);
    }

    /// <summary>The scan continues while the service, or the way to it, fails.</summary>
    [Theory]
    [InlineData("GetRepoTagScanStatus", "")]
    [InlineData("GetRepoTagScanStatus", "<html>Sign in</html>")]
    [InlineData("GetRepoTagScanStatus", """{"Code":"SystemError","IsSuccess":false}""")]
    [InlineData("GetRepoTagScanSummary", """{"Code":"InternalError","IsSuccess":false}""")]
    [InlineData("GetRepoTagScanSummary", """{"Code":"SCAN_NOT_EXIST","IsSuccess":false}""")]
    public void Waits_although_replies_fail(string action, string reply)
    {
        Statuses("", "COMPLETE");
        var change = _registry.Change!;
        var failures = 0;
        _registry.Change = (request, body) => request.Action == action && Actions.Contains("CreateRepoTagScanTask") && ++failures < 12
            ? FakeRegistry.Reply(HttpStatusCode.OK, reply)
            : change(request, body);

        var (scan, failure) = Start(wait: true, seconds: 600);

        Assert.Null(failure);
        Assert.Equal("COMPLETE", scan!.Status);
    }

    [Fact]
    public void Names_last_failure_after_the_limit()
    {
        Statuses("");
        var change = _registry.Change!;
        _registry.Change = (request, body) => request.Action == "GetRepoTagScanStatus" && Actions.Contains("CreateRepoTagScanTask")
            ? FakeRegistry.Reject(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "Down.")
            : change(request, body);

        var failure = Assert.IsType<CrApiException>(Start(wait: true).Failure);

        Assert.Equal(CrErrorCode.ScanTimeout, failure.Code);
        Assert.EndsWith("GetRepoTagScanStatus failed: Down.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COMPLETE", null, "The scan was started. Its status has not changed for 30 seconds, so the result may be that of an earlier scan.")]
    [InlineData("FAILED", "The scan failed. Its status has not changed for 30 seconds, so the result may be that of an earlier scan.", null)]
    public void Warns_if_result_may_be_that_of_an_earlier_scan(string status, string? failure, string? warning)
    {
        Statuses(status);

        var outcome = Start(wait: true);

        Assert.Equal((status, failure, warning), (outcome.Scan!.Status, outcome.Failure?.Message, _warning));
    }

    [Fact]
    public void Reports_scan_that_fails()
    {
        Statuses("", "SCANNING", "FAILED");

        var (scan, failure) = Start(wait: true);

        Assert.Equal(("FAILED", CrErrorCode.ScanFailed), (scan!.Status, Assert.IsType<CrApiException>(failure).Code));
    }

    [Theory]
    [InlineData("SCANNING")]
    [InlineData("")]
    public void Reports_scan_that_does_not_end_in_time(string status)
    {
        Statuses(["", .. Enumerable.Repeat(status, 100)]);

        var (scan, failure) = Start(wait: true);

        Assert.Equal((null, CrErrorCode.ScanTimeout), (scan, Assert.IsType<CrApiException>(failure).Code));
        Assert.Equal($"The scan was started, but its result was not available within 60 seconds. Its latest status is '{(status.Length > 0 ? status : "NotScanned")}'.", failure!.Message);
        // After 1, 3, 7, 15, 25, 35, 45, 55 and 65 seconds.
        Assert.Equal(9, Actions.Count(action => action == "GetRepoTagScanStatus") - 1);
    }

    /// <summary>A script would use it as the result of the new scan.</summary>
    [Fact]
    public void Returns_no_earlier_scan_after_the_limit()
    {
        Statuses("COMPLETE");

        var (scan, failure) = Start(wait: true, seconds: 5);

        Assert.Equal((null, CrErrorCode.ScanTimeout), (scan, Assert.IsType<CrApiException>(failure).Code));
        Assert.EndsWith("within 5 seconds. Its latest status is 'COMPLETE', which may be that of an earlier scan.", failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetRepoTagScanStatus", "No reply contained its status.")]
    [InlineData("GetRepoTagScanSummary", "Its latest status is 'COMPLETE'.")]
    public void Ends_wait_for_reply_at_the_limit(string hanging, string latest)
    {
        Statuses("", "COMPLETE");
        _registry.Hold = (request, token) => request.Action == hanging && Actions.Contains("CreateRepoTagScanTask") ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;

        var (scan, failure) = Start(wait: true, seconds: 1);

        Assert.Equal((null, CrErrorCode.ScanTimeout), (scan, Assert.IsType<CrApiException>(failure).Code));
        Assert.Equal($"The scan was started, but its result was not available within 1 second. {latest}", failure!.Message);
    }

    [Fact]
    public void Ends_wait_while_service_throttles()
    {
        Statuses("");
        var change = _registry.Change!;
        _registry.Change = (request, body) =>
        {
            if (request.Action != "GetRepoTagScanStatus" || !Actions.Contains("CreateRepoTagScanTask")) return change(request, body);
            var rejection = FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User");
            rejection.Headers.Add("x-acs-retry-after", "20000");
            return rejection;
        };

        var (scan, failure) = Start(wait: true, seconds: 1, clock: TimeProvider.System);

        Assert.Equal((null, CrErrorCode.ScanTimeout), (scan, Assert.IsType<CrApiException>(failure).Code));
    }

    [Fact]
    public void Names_started_scan_if_its_status_cannot_be_read()
    {
        Statuses("");
        _registry.Hold = (request, _) =>
        {
            if (request.Action == "CreateRepoTagScanTask") _replies["GetRepoTagScanStatus"] = new(["""{"Code":"NoPrivilege","IsSuccess":false}"""]);
            return Task.CompletedTask;
        };

        var failure = Assert.IsType<CrApiException>(Start(wait: true).Failure);

        Assert.Equal("NoPrivilege", failure.Code);
        Assert.StartsWith("The scan was started, but its result could not be read. GetRepoTagScanStatus was rejected", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_no_scan_that_was_not_started()
    {
        Statuses("", "SCANNING");
        Reply("application/json", ("CreateRepoTagScanTask", """{"Code":"NoPrivilege","IsSuccess":false}"""));

        var (scan, failure) = Start(wait: true);

        Assert.Equal((null, "NoPrivilege"), (scan, Assert.IsType<CrApiException>(failure).Code));
    }

    [Theory]
    [InlineData("", "SCANNING", true)]
    [InlineData("", "COMPLETE", true)]
    [InlineData("COMPLETE", "SCANNING", true)]
    [InlineData("", "", false)]
    [InlineData("COMPLETE", "COMPLETE", false)]
    [InlineData("COMPLETE", "", false)]
    public void Sends_start_once_if_reply_is_lost(string before, string after, bool started)
    {
        Statuses(before, after, "COMPLETE", "COMPLETE");
        Reply("application/json", ("CreateRepoTagScanTask", ""));

        var (scan, failure) = Start(wait: true);

        Assert.Single(Actions, action => action == "CreateRepoTagScanTask");
        Assert.Equal(started ? "COMPLETE" : null, scan?.Status);
        Assert.Equal(!started, failure is CrApiException { IsOutcomeUnknown: true });
        if (!started) Assert.Contains($"The status of the scan does not show whether a scan was started. It was '{(before.Length > 0 ? before : "NotScanned")}' before the request and is '{(after.Length > 0 ? after : "NotScanned")}' now.", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_unknown_result_if_status_cannot_be_read()
    {
        Statuses("");
        Reply("application/json", ("CreateRepoTagScanTask", ""), ("GetRepoTagScanStatus", """{"Code":"NoPrivilege","IsSuccess":false}"""));

        var failure = Assert.IsType<CrApiException>(Start(wait: true).Failure);

        Assert.True(failure.IsOutcomeUnknown);
        Assert.Contains("The lookup of the scan also failed.", failure.Message, StringComparison.Ordinal);
    }

    private static string Summary(int high, int total) => $$"""{"Code":"success","HighSeverity":{{high}},"MediumSeverity":0,"LowSeverity":0,"UnknownSeverity":0,"TotalSeverity":{{total}}}""";

    private static string Status(string? status) => $$"""{"Code":"success","IsSuccess":true,"RequestId":"R-1","ScanService":"ACR_SCAN_SERVICE","Status":"{{status}}"}""";

    /// <summary>Replies with the pages of the rows of a complete scan.</summary>
    /// <param name="rows">Returns the rows at the time of a request, each as JSON.</param>
    private void ReplyPages(Func<string[]> rows)
    {
        Reply("application/json", ("GetRepoTagScanStatus", Status("COMPLETE")));
        var status = _registry.Change!;
        _registry.Change = (request, body) =>
        {
            if (request.Action != "ListRepoTagScanResult") return status(request, body);
            var all = rows();
            var (pageNo, size) = (int.Parse(request["PageNo"], CultureInfo.InvariantCulture), int.Parse(request["PageSize"], CultureInfo.InvariantCulture));
            return FakeRegistry.Reply(HttpStatusCode.OK, $$"""{"Code":"success","TotalCount":{{all.Length}},"PageSize":{{size}},"Vulnerabilities":[{{string.Join(',', all.Skip((pageNo - 1) * size).Take(size))}}]}""");
        };
    }

    /// <summary>Adds the replies to GetRepoTagScanStatus, in their order. An empty status is that of a tag that was never scanned.</summary>
    private void Statuses(params string[] statuses)
    {
        Reply("application/json", [.. statuses.Select(status => ("GetRepoTagScanStatus", Status(status)))]);
        Reply("application/json", ("GetRepoTagScanSummary", Summary(7, total: 7)));
    }

    /// <summary>Adds replies by operation. The last one of an operation stays.</summary>
    private void Reply(string contentType, params (string Action, string Body)[] replies)
    {
        foreach (var (action, body) in replies)
        {
            if (!_replies.TryGetValue(action, out var queue)) _replies.Add(action, queue = new());
            queue.Enqueue(body.Trim());
        }

        _registry.Change = (request, _) => _replies.TryGetValue(request.Action, out var queue)
            ? FakeRegistry.Reply(HttpStatusCode.OK, queue.Count > 1 ? queue.Dequeue() : queue.Peek(), contentType)
            : null;
    }

    private static RepositoryScope Scope()
    {
        Assert.True(RepositoryReference.TryParse(FakeRegistry.RepoId, out var reference));
        return new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, "cn-test"), reference);
    }

    private Listed<TagVulnerability> List(string? severity = null) => Listed<TagVulnerability>.Of(_registry, new TagVulnerabilities(Scope(), "v1", severity));

    private (TagScan? Scan, Exception? Failure) Read(string tag = "v1", bool checksTag = false) => Take(Run.Connect(_registry).Scan(FakeRegistry.Endpoint, Scope(), tag, checksTag));

    private (TagScan? Scan, Exception? Failure) Start(bool wait = false, string? service = null, int seconds = 60, TimeProvider? clock = null) => Take(
        Run.Connect(_registry, clock).Change(FakeRegistry.Endpoint, new ScanStart(Scope(), "v1", service, wait ? TimeSpan.FromSeconds(seconds) : null, returnsScan: wait), new ChangeOrder()));

    private (TagScan? Scan, Exception? Failure) Take(IJob job)
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        work.Add("scan", job);
        (TagScan? Scan, Exception? Failure) outcome = default;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is RowFound<TagScan> found) outcome.Scan = found.Row;
            if (next.Message is ChangeWarning warning) _warning = warning.Text;
            outcome.Failure ??= next.Failure;
        }

        return outcome;
    }
}
