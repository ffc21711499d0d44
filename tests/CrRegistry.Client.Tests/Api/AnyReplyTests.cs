using System.Globalization;
using CrRegistry.Client.Api;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Api;

/// <summary>Replies of any operation, with all of their fields.</summary>
public sealed class AnyReplyTests
{
    private const string Text = "a\u001b[31m\u202e\u0000\n";

    [Theory]
    [InlineData("1", "Int64 1")]
    [InlineData("-9223372036854775808", "Int64 -9223372036854775808")]
    [InlineData("9223372036854775808", "Decimal 9223372036854775808")]
    [InlineData("1.10", "Decimal 1.10")]
    [InlineData("0.0", "Decimal 0.0")]
    [InlineData("1e30", "Double 1E+30")]
    [InlineData("1e-40", "Double 1E-40")]
    [InlineData("true", "Boolean True")]
    [InlineData("\"1\"", "String 1")]
    [InlineData("null", "null")]
    [InlineData("[1,[],{}]", "Object[] System.Object[]")]
    public void Keeps_type_of_values(string json, string expected)
    {
        var value = Decode($$"""{"Code":"success","Value":{{json}}}""")["Value"];

        Assert.Equal(expected, value is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"));
    }

    [Fact]
    public void Keeps_text_names_and_order()
    {
        var reply = Decode("""{"code":"x","b":"a\u001b[31m\u202e\u0000\n","a":{"B":1,"b":2},"":0,"Code":"success"}""");

        Assert.Equal(["code", "b", "a", "", "Code"], reply.Fields.Select(field => field.Key));
        Assert.Equal(Text, reply["b"]);
        Assert.Equal([("B", 1L), ("b", 2L)], Assert.IsType<ApiObject>(reply["a"]).Fields.Select(field => (field.Key, (long)field.Value!)));
    }

    [Fact]
    public void Reads_lone_surrogate_as_replacement_character()
    {
        var reply = Decode("""{"Code":"success","a":"x\ud800","\ud800":"y"}""");

        Assert.Equal(("x\ufffd", "y"), (reply["a"], reply["\ufffd"]));
    }

    [Theory]
    [InlineData("GetInstance", """{"Code":"success"}""")]
    [InlineData("GetInstance", """{"IsSuccess":true}""")]
    [InlineData("GetInstance", """{"IsSuccess":"true","Code":"200"}""")]
    [InlineData("UpdateEventCenterRule", """{"Code":0}""")]
    [InlineData("CreateScanRule", """{"Code":200}""")]
    [InlineData("GetStorageDomainRoutingRule", """{"Success":true,"Code":"success"}""")]
    [InlineData("TagResources", """{"RequestId":"R"}""")]
    [InlineData("UntagResources", """{"RequestId":"R"}""")]
    [InlineData("ListTagResources", """{"RequestId":"R"}""")]
    [InlineData("ChangeResourceGroup", """{"RequestId":"R"}""")]
    [InlineData("GetArtifactSubscriptionTask", """{"Code":"success","Message":{"Text":"x"}}""")]
    public void Accepts_envelope_of_operation(string action, string body) => Assert.NotEmpty(Decode(body, action).Fields);

    [Theory]
    [InlineData("GetInstance", """{"RequestId":"R"}""", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", """{"Code":{"a":1}}""", CrErrorCode.InvalidResult)]
    [InlineData("TagResources", """{}""", CrErrorCode.InvalidResult)]
    [InlineData("TagResources", """{"RequestId":"R","Code":"INSTANCE_NOT_EXIST"}""", "INSTANCE_NOT_EXIST")]
    [InlineData("GetStorageDomainRoutingRule", """{"Success":false,"Code":"NO_RULE"}""", "NO_RULE")]
    [InlineData("GetInstance", """{"IsSuccess":false,"Code":"INSTANCE_NOT_EXIST"}""", "INSTANCE_NOT_EXIST")]
    [InlineData("UpdateEventCenterRule", """{"Code":5}""", "5")]
    [InlineData("GetInstance", """{"Code":"success","a":{"b":1,"b":2}}""", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", """{"Code":"success","Code":"success"}""", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", """{"Code":"success","a":1e999}""", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", """["Code"]""", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", "null", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", "", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", """{"Code":"success","a":""", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", "<GetInstanceResponse><Code>success</Code></GetInstanceResponse>", CrErrorCode.InvalidResult)]
    [InlineData("GetInstance", "<html></html>", CrErrorCode.InvalidResult)]
    public void Rejects_reply(string action, string body, string code) => Assert.Equal(code, Assert.Throws<CrApiException>(() => Decode(body, action)).Code);

    [Fact]
    public void Rejects_deep_nesting()
    {
        static string Nested(int depth) => $$"""{"Code":"success","a":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        Decode(Nested(31));
        Assert.Throws<CrApiException>(() => Decode(Nested(32)));
    }

    private static ApiObject Decode(string body, string action = "GetInstance") => AnyRows.Decode(Replies.Of(body, null), Operation.Find(action)!).Fields;
}
