using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Tests.Credentials;

public sealed class SecretsTests
{
    private const string Secret = "test/secret+of=a-test";

    private readonly Secrets _secrets = new(Secret, null);

    [Theory]
    [InlineData("It is test/secret+of=a-test.", "It is ***.")]
    [InlineData("a=test%2fsecret%2Bof%3Da-test&b", "a=***&b")]
    [InlineData("a%3Dtest%252Fsecret%252Bof%253Da-test%26b", "a%3D***%26b")]
    [InlineData("The proxy 'http://someone:word@proxy.example:80/' failed.", "The proxy 'http://***@proxy.example:80/' failed.")]
    public void Masks_secrets_in_all_texts_of_failure(string text, string hidden)
    {
        var failure = _secrets.Hide(new CrApiException(text, new IOException(text)) { Code = text, Action = text, RequestId = text, Recommend = text, HttpStatus = 400, IsTransient = true });

        Assert.Equal([hidden, hidden, hidden, hidden, hidden], [failure.Message, failure.Code, failure.Action!, failure.RequestId!, failure.Recommend!]);
        Assert.Equal((400, true), (failure.HttpStatus, failure.IsTransient));
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public void Omits_cause_that_contains_secret()
    {
        var failure = _secrets.Hide(new CrApiException("harmless", new IOException("outer", new IOException(Secret))) { Code = "Some" });

        Assert.Equal(("harmless", "Some"), (failure.Message, failure.Code));
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public void Keeps_failure_without_secret()
    {
        var failure = new CrApiException("See https://help.example/a@b, and mail me@host.", new IOException("cause"));

        Assert.Same(failure, _secrets.Hide(failure));
        Assert.Same(failure, new Secrets("cause", "").Hide(failure));
    }

    [Fact]
    public void Treats_user_information_and_query_of_address_as_secret()
    {
        var secrets = Secrets.OfAddress(new Uri("http://user-name:pass%2Bword@localhost/path?a=b&c=quoted-word"));

        Assert.Equal("*** *** /path?a=b&c=***", secrets.Hide(new CrApiException("user-name pass+word /path?a=b&c=quoted-word")).Message);
    }
}
