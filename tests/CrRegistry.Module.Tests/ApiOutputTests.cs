using System.Management.Automation;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>The objects of Invoke-CrApi: the service chooses their names and their text.</summary>
public sealed class ApiOutputTests : IDisposable
{
    private const string Hostile = "a\u001b]52;c;eA==\u0007\u202e\r\nFORGED";

    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Keeps_types_names_and_text()
    {
        var reply = Call("""{"Code":"success","Whole":1,"Exact":1.10,"Large":1e40,"Flag":false,"Nothing":null,"Text":"a\u001b]52;c;eA==\u0007\u202e\r\nFORGED","Rows":[{"a":1},[],"x"]}""");

        Assert.Equal(["Code", "Whole", "Exact", "Large", "Flag", "Nothing", "Text", "Rows"], reply.Properties.Select(property => property.Name));
        Assert.Equal([1L, 1.10m, 1e40, false, null, Hostile], reply.Properties.Skip(1).Take(6).Select(property => property.Value));
        var rows = Assert.IsType<object?[]>(reply.Properties["Rows"].Value);
        Assert.Equal(1L, ((PSObject)rows[0]!).Properties["a"].Value);
        Assert.Equal([Array.Empty<object>(), "x"], rows[1..]);
    }

    [Fact]
    public void Keeps_names_that_PowerShell_does_not_distinguish_or_accept()
    {
        var reply = Call("""{"Code":"success","code":"x","CODE":"y","":1,"PSObject":2,"psbase":3,"PSTypeNames":4,"PSStandardMembers":5,"Count":6,"a*b":7,"\u001b":8,"DisplayFields":9}""");

        Assert.Equal(
            ["Code", "code_2", "CODE_3", "_2", "PSObject_2", "psbase_2", "PSTypeNames_2", "PSStandardMembers_2", "Count", "a*b", "\u001b", "DisplayFields_2"],
            reply.Properties.Select(property => property.Name));
        Assert.Equal(["success", "x", "y", 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L], reply.Properties.Select(property => property.Value));
    }

    [Theory]
    [InlineData("$reply")]
    [InlineData("$reply.Rows")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($reply))")]
    public void Shows_text_and_names_safely(string command)
    {
        _session.Set("reply", Call("""{"Code":"a\u001b]52;c;eA==\u0007\u202e\r\nFORGED","Na\u001b]0;me":"x","Rows":[{"Te\u001b]0;xt":"a\u001b]52;c;eA==\u0007\u202e\r\nFORGED"}],"IsSuccess":true}""".Replace("\"Code\":", "\"Message\":", StringComparison.Ordinal)));

        var screen = _session.Show(command);

        Assert.DoesNotContain(screen.Replace("\u001b[32;1m", "", StringComparison.Ordinal).Replace("\u001b[0m", "", StringComparison.Ordinal), character => char.IsControl(character) && character is not ('\r' or '\n'));
        Assert.DoesNotContain('\u202e', screen);
        Assert.DoesNotContain(screen.Split('\n'), line => line.TrimStart().StartsWith("FORGED", StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_each_property_on_a_line()
    {
        _session.Set("reply", Call("""{"Code":"success","Rows":[{"Name":"a","Size":5,"Nothing":null},"x"],"IsSuccess":true}"""));

        var lines = _session.Show("$reply").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

        Assert.Equal(["Code      : success", "Rows      : [{Name: a, Size: 5, Nothing: }, x]", "IsSuccess : True"], lines);
    }

    private PSObject Call(string body)
    {
        using var service = new Rejections(200, "application/json", body);
        _session.Set("service", service);
        _session.Set("credential", Session.Credential("id", "secret"));
        return Assert.Single(_session.Run("Connect-CrRegistry cn-shanghai cri-x -Credential $credential -HttpMessageHandler $service; Invoke-CrApi GetInstance").AssertNoError().Output);
    }
}
