using System.Net;
using System.Text;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>One reply of a fuzzing run. Its seed determines the mutation of a valid reply.</summary>
internal sealed class MutatedReply
{
    private const string Row = """{"Status":"NORMAL","ImageCreate":"1572839125000","ImageSize":27107966,"Digest":"67bf","ImageId":"4502","ImageUpdate":"1572875608000","Tag":"v#"}""";
    private const string Vulnerability = """{"Severity":"Medium","CveName":"CVE-2009-1","Feature":"zlib","Version":"1.2","VersionFixed":"1.3","Description":"d","ScanType":"cve"}""";
    private const string XmlRow = "<Images><Status>NORMAL</Status><ImageCreate>1572839125000</ImageCreate><ImageSize>27107966</ImageSize><Digest>67bf</Digest><Tag>v#</Tag></Images>";
    private const string XmlRest = "<PageNo>1</PageNo><PageSize>100</PageSize><RequestId>031572FA</RequestId>";

    private static readonly string[] s_bodies =
    [
        $$"""{"IsSuccess":true,"TotalCount":"3","PageSize":100,"RequestId":"031572FA","Images":[{{Row}},{{Row}},{{Row}}],"PageNo":1,"Code":"success"}""",
        $$"""{"Code":"success","Images":[{{Row}}],"New":{"a":[1,{"b":null}],"Images":[]},"TotalCount":1,"IsSuccess":"true"}""",
        """{"IsSuccess":true,"TotalCount":"0","PageSize":100,"Images":[],"Code":"success"}""",
        """{"IsSuccess":true,"TotalCount":0,"Code":"success"}""",
        """{"IsSuccess":false,"Code":"REPO_NOT_EXIST","RequestId":"031572FA"}""",
        """{"RequestId":"R","HostId":"h","Code":"SignatureDoesNotMatch","Message":"It is not matched. server string to sign is:GET&%2F&AccessKeyId%3Dtest-id","Recommend":"https://r/?q=1"}""",
        """{"code":"InvalidTimeStamp.Expired","message":"It is expired.","AccessDeniedDetail":{"AuthAction":"cr:X"}}""",
        $"<ListRepoTagResponse><IsSuccess>true</IsSuccess><TotalCount>3</TotalCount>{XmlRow}{XmlRow}{XmlRow}{XmlRest}<Code>success</Code></ListRepoTagResponse>",
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><ListRepoTagResponse>{XmlRow}<!-- c --><TotalCount>1</TotalCount><New><Images/></New>{XmlRest}<Code><![CDATA[success]]></Code></ListRepoTagResponse>",
        $"<IsSuccess>true</IsSuccess><TotalCount>2</TotalCount>{XmlRow}{XmlRow}{XmlRest}<Code>success</Code>",
        "<ListRepoTagResponse><IsSuccess>true</IsSuccess><TotalCount>0</TotalCount><Images/><Code>success</Code></ListRepoTagResponse>",
        "<IsSuccess>true</IsSuccess><TotalCount>0</TotalCount><Code>success</Code>",
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e \"e\">]><Error><Code>&e;</Code></Error>",
        "<Error><RequestId>R</RequestId><HostId>h</HostId><Code>NoPrivilege</Code><Message>Access denied for this user.</Message></Error>",
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>",
        "",
    ];

    /// <summary>Replies of the operations on scans.</summary>
    public static readonly string[] Scans =
    [
        $$"""{"IsSuccess":true,"TotalCount":2,"Vulnerabilities":[{{Vulnerability}},{{Vulnerability}}],"Code":"success"}""",
        """{"Status":"COMPLETE","ScanService":"ACR_SCAN_SERVICE","HighSeverity":22,"MediumSeverity":81,"LowSeverity":"89","UnknownSeverity":4,"TotalSeverity":196,"Code":"success"}""",
        "<Status>COMPLETE</Status><ScanService>ACR_SCAN_SERVICE</ScanService><HighSeverity>22</HighSeverity><TotalSeverity>22</TotalSeverity><Code>success</Code>",
        "<ListRepoTagScanResultResponse><TotalCount>1</TotalCount><Vulnerabilities><CveName>CVE-2009-1</CveName><Severity>Low</Severity></Vulnerabilities><Code>success</Code></ListRepoTagScanResultResponse>",
    ];

    private static readonly string[] s_tokens =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "false", "0", "-1", "1e999", "99999999999999999999", "\\u0000", "\\ud800", "\u0000", "\u001b[31m", "\uFEFF",
        "\"Images\":[]", "\"TotalCount\":\"0\"", "\"IsSuccess\":true,", "\"Code\":\"success\"", "<", ">", "</", "/>", "<Images/>", "<Images>", "</Images>", "<TotalCount>0</TotalCount>",
        "<Tag>x</Tag>", "<Code>success</Code>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "&amp;", "&lt;", "&#0;", "&x;", "<!DOCTYPE x>", " ", "\n",
    ];

    private static readonly string?[] s_contentTypes =
    [
        "application/json", "application/json;charset=utf-8", "text/xml;charset=utf-8", "text/xml", "application/xml", "text/html", "text/plain", "", null,
        "application/problem+json", "image/svg+xml", "json", ";;;", "text/xml; charset=nonsense", "a/b/c", "application/json, text/html",
    ];

    private static readonly int[] s_statuses = [200, 200, 200, 200, 200, 200, 201, 204, 400, 403, 404, 429, 500, 502, 503];

    private readonly Random _random;
    private readonly string[] _bodies;

    /// <param name="seed">The seed of the mutation.</param>
    /// <param name="bodies">The valid replies; null for those of lists of tags.</param>
    public MutatedReply(int seed, string[]? bodies = null)
    {
        _random = new Random(seed);
        _bodies = bodies ?? s_bodies;
        // Row numbers, so that a repeated or missing row is noticed.
        var number = 0;
        var body = string.Concat(Pick(_bodies).Split('#').Select((part, index) => index == 0 ? part : number++ + part));
        Body = Encoding.UTF8.GetBytes(body);
        for (var left = _random.Next(4); left > 0; left--) Body = Mutate(Body);
        ContentType = _random.Next(3) > 0 ? (body.StartsWith('<') ? "text/xml" : "application/json") : Pick(s_contentTypes);
        Status = Pick(s_statuses);
        Date = Pick(["Fri, 02 Jan 2026 03:04:05 GMT", "yesterday", null]);
        RequestId = Pick(["031572FA", "", " \t", "\u007f", null]);
    }

    public byte[] Body { get; }

    public string? ContentType { get; }

    public int Status { get; }

    public string? Date { get; }

    public string? RequestId { get; }

    public HttpResponseMessage ToResponse()
    {
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body) };
        if (ContentType is not null) response.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (Date is not null) response.Headers.TryAddWithoutValidation("Date", Date);
        if (RequestId is not null) response.Headers.TryAddWithoutValidation("x-acs-request-id", RequestId);
        return response;
    }

    private byte[] Mutate(byte[] body)
    {
        var (from, to) = (_random.Next(body.Length + 1), _random.Next(body.Length + 1));
        if (from > to) (from, to) = (to, from);
        var (before, inside, after) = (body[..from], body[from..to], body[to..]);
        return _random.Next(9) switch
        {
            0 => before,
            1 => after,
            2 => [.. before, .. after],
            3 => [.. before, .. inside, .. inside, .. after],
            4 => [.. before, .. Encoding.UTF8.GetBytes(Pick(s_tokens)), .. inside, .. after],
            5 => [.. before, .. Encoding.UTF8.GetBytes(Pick(s_tokens)), .. after],
            6 => [.. before, .. Encoding.UTF8.GetBytes(Pick(_bodies)), .. after],
            7 => [.. before, .. Enumerable.Repeat(Encoding.UTF8.GetBytes(Pick(s_tokens)), _random.Next(100)).SelectMany(token => token), .. inside, .. after],
            _ => Flip(body),
        };
    }

    private byte[] Flip(byte[] body)
    {
        body = [.. body];
        for (var left = _random.Next(4); left > 0 && body.Length > 0; left--) body[_random.Next(body.Length)] = (byte)_random.Next(256);
        return body;
    }

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
