using System.Globalization;
using System.Net;
using System.Text;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

public sealed class DecodingTests
{
    private const string SeedSample = """
        { "IsSuccess":true, "TotalCount":1, "PageSize":30, "RequestId":"031572FA-7D8F-4C05-B790-1071E0E05DE6",
          "Images":[ { "Status":"NORMAL", "ImageCreate":1572839125000, "ImageSize":27107966,
            "Digest":"67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529",
            "ImageId":"45023655bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468", "ImageUpdate":1572875608000, "Tag":"v0.1" } ],
          "PageNo":1, "Code":"success" }
        """;

    [Fact]
    public void Reads_documented_sample()
    {
        var tag = Row(SeedSample);

        Assert.Equal("v0.1", tag.Tag);
        Assert.Equal("67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529", tag.Digest);
        Assert.Equal("45023655bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468", tag.ImageId);
        Assert.Equal(("NORMAL", 27107966L), (tag.Status, tag.ImageSize));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1572839125000).LocalDateTime, tag.ImageCreate);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1572875608000).LocalDateTime, tag.ImageUpdate);
        Assert.Equal(DateTimeKind.Local, tag.ImageUpdate!.Value.Kind);
        Assert.Equal((FakeRegistry.InstanceId, "cn-test", FakeRegistry.RepoId), (tag.InstanceId, tag.RegionId, tag.RepoId));
        Assert.Equal("v0.1", tag.ToString());
    }

    [Theory]
    [InlineData("""{"Tag":"x","ImageSize":"5","ImageUpdate":"1572875608000"}""", 5L, true)]
    [InlineData("""{"Tag":"x","ImageSize":5,"ImageUpdate":1572875608000,"New":{"a":[1]}}""", 5L, true)]
    [InlineData("""{"Tag":"x","ImageSize":null,"ImageUpdate":null}""", null, false)]
    [InlineData("""{"Tag":"x","ImageSize":"","ImageUpdate":""}""", null, false)]
    [InlineData("""{"Tag":"x"}""", null, false)]
    public void Reads_scalars_of_every_type(string row, long? size, bool hasTime)
    {
        var tag = Row(Page(row));

        Assert.Equal(size, tag.ImageSize);
        Assert.Equal(hasTime, tag.ImageUpdate is not null);
        Assert.Null(tag.ImageCreate);
        Assert.Null(tag.Digest);
        Assert.Null(tag.Status);
    }

    [Theory]
    [InlineData("1572839125000", "2019-11-04T03:45:25Z")]
    [InlineData("1572839125000.0", "2019-11-04T03:45:25Z")]
    [InlineData("1572839125000.", "2019-11-04T03:45:25Z")]
    [InlineData("1.572839125E12", "2019-11-04T03:45:25Z")]
    [InlineData("1.572839125e+12", "2019-11-04T03:45:25Z")]
    [InlineData("15728391250000000e-4", "2019-11-04T03:45:25Z")]
    [InlineData("+1572839125000", "2019-11-04T03:45:25Z")]
    [InlineData(" 1572839125000.0 ", "2019-11-04T03:45:25Z")]
    [InlineData("0001572839125000.00", "2019-11-04T03:45:25Z")]
    [InlineData("1", "1970-01-01T00:00:00.001Z")]
    [InlineData("2019-11-04T03:45:25Z", "2019-11-04T03:45:25Z")]
    [InlineData("2019-11-04t03:45:25z", "2019-11-04T03:45:25Z")]
    [InlineData("2019-11-04T11:45:25+08:00", "2019-11-04T03:45:25Z")]
    [InlineData("2019-11-03T22:45:25-05:00", "2019-11-04T03:45:25Z")]
    [InlineData("2019-11-04T03:45:25", "2019-11-04T03:45:25Z")]
    [InlineData("2019-11-04T03:45:25.250Z", "2019-11-04T03:45:25.250Z")]
    [InlineData("2019-11-04T03:45:25.123456789Z", "2019-11-04T03:45:25.1234567Z")]
    [InlineData("2019-11-04T03:45Z", "2019-11-04T03:45:00Z")]
    public void Reads_time_in_every_culture(string text, string expected)
    {
        foreach (var culture in new[] { "", "de-DE", "ar-SA", "th-TH", "fa-IR" })
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                var tag = Row(Page($$"""{"Tag":"x","ImageUpdate":"{{text}}"}"""));

                Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).UtcDateTime, tag.ImageUpdate!.Value.ToUniversalTime());
                Assert.Equal(DateTimeKind.Local, tag.ImageUpdate.Value.Kind);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Theory]
    [InlineData("1572839125000.0")]
    [InlineData("1.572839125E12")]
    public void Reads_time_with_point_or_exponent(string number) =>
        Assert.Equal(1572839125000, new DateTimeOffset(Row(Page($$"""{"Tag":"x","ImageCreate":{{number}}}""")).ImageCreate!.Value).ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-1572839125000")]
    [InlineData("0.0")]
    [InlineData("-0")]
    [InlineData("0e5")]
    [InlineData("-1.5e3")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("")]
    [InlineData("  ")]
    public void Reads_zero_or_negative_time_as_missing(string text)
    {
        var tag = Row(Page($$"""{"Tag":"x","ImageCreate":"{{text}}","ImageUpdate":"{{text}}"}"""));

        Assert.Null(tag.ImageCreate);
        Assert.Null(tag.ImageUpdate);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1572839125000.5")]
    [InlineData("1e-1")]
    [InlineData("1e400")]
    [InlineData("1e999999999")]
    [InlineData("1e9999999999999999999")]
    [InlineData("1e-999999999")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775808")]
    [InlineData("1e19")]
    [InlineData("253402300800000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1,572,839,125,000")]
    [InlineData("1572839125000,0")]
    [InlineData("1.572.839")]
    [InlineData("0x16E34B1AAC8")]
    [InlineData("1e")]
    [InlineData(".5")]
    [InlineData("--1")]
    [InlineData("\u0661\u0662")]
    [InlineData("yesterday")]
    [InlineData("11/04/2019 03:45:25")]
    [InlineData("2019-11-04")]
    [InlineData("2019-13-04T03:45:25Z")]
    [InlineData("2019-11-04T25:45:25Z")]
    [InlineData("2019-11-04T03:45:25+25:00")]
    [InlineData("2019-11-04T03:45:25Z and more")]
    [InlineData("Mon, 04 Nov 2019 03:45:25 GMT")]
    public void Reports_row_of_invalid_time(string text) =>
        Assert.Contains("row 1 of page 1 (tag 'x') has an invalid ImageUpdate '", Failure(Page($$"""{"Tag":"x","ImageUpdate":"{{text}}"}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_time_with_very_many_digits() =>
        Assert.Contains("has an invalid ImageUpdate", Failure(Page($$"""{"Tag":"x","ImageUpdate":"{{new string('1', 1_000_000)}}.0e999999"}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("-1", null)]
    [InlineData("-9223372036854775808", null)]
    [InlineData("-1.0", null)]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    [InlineData("27107966.0", 27107966L)]
    [InlineData("2.7107966E7", 27107966L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Reads_size(string text, long? size)
    {
        Assert.Equal(size, Row(Page($$"""{"Tag":"x","ImageSize":"{{text}}"}""")).ImageSize);
        Assert.Equal(size, Row(Page($$"""{"Tag":"x","ImageSize":{{text}}}""")).ImageSize);
    }

    [Theory]
    [InlineData(""" "Tag":null,"Tag":"b" """)]
    [InlineData(""" "Tag":"b","Tag":null """)]
    [InlineData(""" "Tag":"b","Digest":null,"Digest":"d" """)]
    [InlineData(""" "Tag":"b","Digest":null,"Digest":null """)]
    [InlineData(""" "Tag":"b","Status":null,"Status":"NORMAL" """)]
    [InlineData(""" "Tag":"b","ImageSize":null,"ImageSize":5 """)]
    [InlineData(""" "Tag":"b","ImageSize":"","ImageSize":5 """)]
    [InlineData(""" "Tag":"b","ImageUpdate":5,"ImageUpdate":null """)]
    [InlineData(""" "Tag":"b","ImageCreate":" ","ImageCreate":5 """)]
    public void Rejects_duplicate_field(string fields) =>
        Assert.Contains("not a valid JSON reply", Failure(Page("{" + fields + "}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(""" "Code":null,"Code":"success" """)]
    [InlineData(""" "Code":"success","IsSuccess":null,"IsSuccess":true """)]
    [InlineData(""" "Code":"success","TotalCount":null,"TotalCount":"1" """)]
    [InlineData(""" "Code":"success","PageSize":null,"PageSize":100 """)]
    [InlineData(""" "Code":"success","Images":null """)]
    public void Rejects_duplicate_field_of_list(string fields) =>
        Assert.Contains("not a valid JSON reply", Failure("{" + fields + ",\"Images\":[{\"Tag\":\"a\"}]}").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("sha256:abc", "abc")]
    [InlineData("abc", "abc")]
    [InlineData("", null)]
    public void Removes_algorithm_of_digest(string digest, string? expected) =>
        Assert.Equal(expected, Row(Page($$"""{"Tag":"x","Digest":"{{digest}}"}""")).Digest);

    [Theory]
    [InlineData("""{"Digest":"abc"}""", "row 1 of page 1 has no Tag")]
    [InlineData("""{"Tag":""}""", "row 1 of page 1 has no Tag")]
    [InlineData("null", "row 1 of page 1 has no Tag")]
    [InlineData("""{"Tag":"x","ImageUpdate":"yesterday"}""", "row 1 of page 1 (tag 'x') has an invalid ImageUpdate 'yesterday'")]
    [InlineData("""{"Tag":"x","ImageCreate":"99999999999999999"}""", "row 1 of page 1 (tag 'x') has an invalid ImageCreate '99999999999999999'")]
    [InlineData("""{"Tag":"x","ImageUpdate":1.5}""", "has an invalid ImageUpdate '1.5'")]
    [InlineData("""{"Tag":"x","ImageSize":"big"}""", "has an invalid ImageSize 'big'")]
    public void Rejects_row_without_name_or_with_invalid_value(string row, string problem)
    {
        var failure = Failure(Page(row));

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":"250","PageSize":100}""", "no Images")]
    [InlineData("""{"Code":"success","TotalCount":"250","Images":null}""", "no Images")]
    [InlineData("""{"Code":"success","TotalCount":"250","Images":[]}""", "no rows in Images")]
    [InlineData("""{"Code":"success","IsSuccess":true}""", "and no TotalCount")]
    [InlineData("""{"Code":"success","TotalCount":"many"}""", "and no TotalCount")]
    [InlineData("{}", "neither its Code nor its IsSuccess")]
    [InlineData("""{"TotalCount":"0","Images":[]}""", "neither its Code nor its IsSuccess")]
    [InlineData("""{"IsSuccess":"perhaps","TotalCount":"0","Images":[]}""", "IsSuccess 'perhaps'")]
    [InlineData("""{"Code":"success","TotalCount":"1","Images":[{"Tag":"a","Tag":"b"}]}""", "not a valid JSON reply at '$.Images[0]")]
    [InlineData("""{"Code":"success","TotalCount":"1","Images":[{"Tag":"a"}],"Images":[]}""", "not a valid JSON reply")]
    [InlineData("<html><body>Sign in</body></html>", "HTML page")]
    [InlineData("12", "not a valid JSON reply")]
    [InlineData("\"text\"", "not a valid JSON reply")]
    [InlineData("""{"Code":"success","Images":[{"Tag":"x"}""", "was cut off")]
    [InlineData("", "its body is empty")]
    [InlineData("null", "'null'")]
    [InlineData("[]", "not a valid JSON reply")]
    [InlineData("""{"Images":[{"Tag":{"a":1}}]}""", "not a valid JSON reply")]
    public void Rejects_reply_without_list(string body, string problem)
    {
        var failure = Failure(body);

        Assert.Equal((CrErrorCode.InvalidResult, "ListRepoTag"), (failure.Code, failure.Action));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(40, true)]
    public void Limits_depth_of_reply(int depth, bool isRejected)
    {
        var run = RunWith($$"""{"Code":"success","IsSuccess":true,"TotalCount":"0","New":{{new string('[', depth)}}{{new string(']', depth)}} }""");

        Assert.Equal(isRejected, run.Failure is CrApiException { Code: CrErrorCode.InvalidResult });
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":"0"}""")]
    [InlineData("""{"Code":"success","IsSuccess":true,"TotalCount":0,"Images":[]}""")]
    [InlineData("""{"Code":"success","IsSuccess":true,"Images":[]}""")]
    public void Reads_empty_list(string body)
    {
        var run = RunWith(body);

        Assert.Null(run.Failure);
        Assert.Empty(run.Tags);
    }

    [Theory]
    [InlineData("""{"IsSuccess":false,"Code":"REPO_NOT_EXIST","RequestId":"R"}""", "REPO_NOT_EXIST")]
    [InlineData("""{"IsSuccess":"false","Code":"REPO_NOT_EXIST","RequestId":"R"}""", "REPO_NOT_EXIST")]
    [InlineData("""{"IsSuccess":true,"Code":"REPO_NOT_EXIST","RequestId":"R"}""", "REPO_NOT_EXIST")]
    [InlineData("""{"Success":false,"Code":"REPO_NOT_EXIST","RequestId":"R"}""", "REPO_NOT_EXIST")]
    [InlineData("""{"IsSuccess":false,"RequestId":"R"}""", "InvalidResult")]
    [InlineData("""{"IsSuccess":false,"Code":"success","RequestId":"R"}""", "InvalidResult")]
    public void Reports_failure_with_HTTP_200(string body, string code)
    {
        var failure = Failure(body);

        Assert.Equal((code, 200, "R"), (failure.Code, failure.HttpStatus, failure.RequestId));
    }

    [Theory]
    [InlineData("""{"IsSuccess":false,"Code":"success"}""", "its IsSuccess is false, although its Code is 'success'")]
    [InlineData("""{"Success":"False","Code":" 200 ","Message":"Busy."}""", "its IsSuccess is false, although its Code is '200' (message 'Busy.')")]
    public void Failure_with_code_of_success_is_InvalidResult(string body, string problem)
    {
        var failure = Failure(body);

        Assert.Equal(("InvalidResult", $"The reply to ListRepoTag is not usable because {problem}."), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData("SUCCESS")]
    [InlineData("0")]
    [InlineData("200")]
    [InlineData("OK")]
    public void Accepts_codes_of_success(string code) =>
        Assert.Null(RunWith($$"""{"IsSuccess":true,"Code":"{{code}}","TotalCount":0,"Images":[]}""").Failure);

    // As in browsers, and as with errors='replace' in Python.
    [Theory]
    [InlineData(@"\ud800", "\ufffd")]
    [InlineData(@"a\uDC00b", "a\ufffdb")]
    [InlineData(@"\ud83d\ud83d\ude00\ude00", "\ufffd😀\ufffd")]
    [InlineData(@"\ud83d\n", "\ufffd\n")]
    [InlineData(@"\\ud800\\\ud800", @"\ud800\" + "\ufffd")]
    public void Reads_lone_surrogate_as_replacement_character(string written, string expected)
    {
        var tag = Row(Page($$"""{"Status":"{{written}}","Tag":"{{written}}","ImageSize":"5","New{{written}}":1}"""));

        Assert.Equal((expected, expected, 5), (tag.Tag, tag.Status, tag.ImageSize));
    }

    [Fact]
    public void Reads_invalid_UTF_8_as_replacement_character()
    {
        var body = Encoding.Latin1.GetBytes(Page("""{"Tag":"straße","Status":"\ud800"}"""));

        var tag = Assert.Single(Replies.Page(Replies.Of(body, "application/json")).Rows);

        Assert.Equal(("stra\ufffde", "\ufffd"), (tag.Tag, tag.Status));
    }

    [Fact]
    public void Reply_that_ends_in_surrogate_pair_is_cut() =>
        Assert.True(Replies.Failure(Replies.Of("""{"Code":"success","Images":[{"Tag":"\ud800"},{"Tag":"\ud83d\ude""", "application/json")).IsTransient);

    [Theory]
    [InlineData("application/json", """{"Code":"success","Images":[{"Tag":"a","Status":"NORMAL"},{"Tag":"b","Status":"NORMAL"},{"Tag":"c","Status":"DELETING"}]}""")]
    [InlineData(
        "text/xml",
        "<R><Code>success</Code><Images><Tag>a</Tag><Status>NORMAL</Status></Images><Images><Tag>b</Tag><Status>NORMAL</Status></Images><Images><Tag>c</Tag><Status>DELETING</Status></Images></R>")]
    public void Successive_rows_share_string_of_equal_Status(string contentType, string body)
    {
        var rows = Replies.Page(Replies.Of(body, contentType)).Rows;

        Assert.Equal(["NORMAL", "NORMAL", "DELETING"], rows.Select(tag => tag.Status));
        Assert.Same(rows[0].Status, rows[1].Status);
    }

    private static string Page(string row) => $$"""{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":"100","Images":[{{row}}]}""";

    private static Run RunWith(string body)
    {
        var registry = FakeRegistry.WithTags(1);
        registry.Change = (_, _) => FakeRegistry.Reply(HttpStatusCode.OK, body);
        return Run.Of(registry, RowRange.Page(1, 100));
    }

    private static ImageTag Row(string body)
    {
        var run = RunWith(body);
        Assert.Null(run.Failure);
        return run.Tags.Single();
    }

    private static CrApiException Failure(string body)
    {
        var run = RunWith(body);
        Assert.Empty(run.Tags);
        return Assert.IsType<CrApiException>(run.Failure);
    }
}
