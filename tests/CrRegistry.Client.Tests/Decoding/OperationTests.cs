using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

public sealed class OperationTests
{
    [Theory]
    [InlineData(false, "GET", "GET")]
    [InlineData(false, "GET POST", "GET")]
    [InlineData(false, "POST", "POST")]
    [InlineData(true, "GET POST", "POST")]
    [InlineData(true, "POST PUT", "POST")]
    [InlineData(true, "GET", "GET")]
    public void Sends_reads_by_GET_and_writes_by_POST_if_allowed(bool writes, string allowed, string method) =>
        Assert.Equal(method, new Operation("Any", allowed.Split(' '), writes, null, []).Method);
}
