using System.Text;
using System.Text.Json;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>The search on which the tests of secrets depend.</summary>
public sealed class SecretSearchTests
{
    private const string Secret = "planted/secret+of=this-test";

    private readonly SecretSearch _search = new();

    public SecretSearchTests() => _search.Add("it", Secret);

    [Theory]
    [InlineData("GET\n/\nInstanceId=cri-x\nhost:127.0.0.1\nx-acs-security-token:{0}\n\nhost;x-acs-security-token\ne3b0")]
    [InlineData("before {0} after")]
    public void Finds_text_that_was_not_redacted(string text)
    {
        Assert.Equal(["it"], _search.In(text.Replace("{0}", Secret, StringComparison.Ordinal)));
        Assert.Empty(_search.In(text.Replace("{0}", "***", StringComparison.Ordinal)));
    }

    [Fact]
    public void Finds_every_form()
    {
        var encoded = Uri.EscapeDataString(Secret);
        Assert.All(new[]
        {
            encoded, Uri.EscapeDataString(encoded), "GET&%2F&SecurityToken%3D" + Uri.EscapeDataString(encoded), JsonSerializer.Serialize(Secret), Secret[..20],
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes("a:" + Secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("user2:" + Secret)), Convert.ToBase64String(Encoding.Unicode.GetBytes(Secret)),
        }, text => Assert.NotEmpty(_search.In(text)));
    }

    [Fact]
    public void Finds_secret_in_data_of_exception()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://host.example");
        request.Headers.TryAddWithoutValidation("x-acs-security-token", Secret);
        var holders = new Exception[]
        {
            new InvalidOperationException("outer", new IOException(Secret)),
            new IOException("") { Data = { ["request"] = request } },
            new HoldingException(Secret.ToCharArray()),
            new HoldingException(Encoding.Unicode.GetBytes(Secret)),
            new HoldingException(new List<object> { new KeyValuePair<int, object>(1, Secret) }),
            new HoldingException(new StringBuilder(Secret)),
        };

        Assert.All(holders, holder => Assert.Contains(ObjectGraph.Texts(holder), found => _search.In(found.Text).Any()));
        Assert.DoesNotContain(ObjectGraph.Texts(new IOException("harmless")), found => _search.In(found.Text).Any());
    }

    private sealed class HoldingException(object held) : Exception
    {
        private readonly object _held = held;

        public override string Message => _held.GetType().Name;
    }
}
