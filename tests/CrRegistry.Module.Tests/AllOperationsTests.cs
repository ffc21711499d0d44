using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Each operation of the table, called by Invoke-CrApi with its required parameters on a stub in the place of the network.</summary>
public sealed class AllOperationsTests : IDisposable
{
    private static readonly string[][] s_table = [.. File.ReadLines(Path.Combine(Paths.Repository, "src/CrRegistry.Models/Requests/Operations.txt"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private readonly Session _session = new();
    private readonly Stub _stub = new();

    public AllOperationsTests()
    {
        _session.Set("credential", Session.Credential("id", "planted-9"));
        _session.Set("stub", _stub);
        _session.Run("Connect-CrRegistry cn-shanghai cri-x -Credential $credential -HttpMessageHandler $stub").AssertNoError();
    }

    public void Dispose()
    {
        _session.Dispose();
        _stub.Dispose();
    }

    [Fact]
    public void Calls_each_operation_by_its_method_and_form()
    {
        foreach (var line in s_table)
        {
            var (name, required) = (line[0], line.Skip(2).Where(word => word.Contains('!', StringComparison.Ordinal)).Select(word => word.Split("!:") is [var parameter, var type] ? (Name: parameter, Type: type) : (Name: word.TrimEnd('!'), Type: "Text")).ToList());
            var specified = required.Where(parameter => parameter.Name is not ("InstanceId" or "RegionId")).Select(parameter => $"{parameter.Name} = {Value(parameter.Type)}");

            var reply = Assert.Single(_session.Run($"Invoke-CrApi {name} @{{ {string.Join("; ", specified)} }} -Confirm:$false").AssertNoError().Output);

            var isRead = name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("List", StringComparison.Ordinal);
            var methods = line[1].Split(',');
            var usual = isRead ? "GET" : "POST";
            // The context adds the instance to operations that accept it.
            var hasInstance = line.Any(word => word is "InstanceId" or "InstanceId!");
            var expected = required.Where(parameter => parameter.Name != "InstanceId").SelectMany(parameter => Sent(parameter.Name, parameter.Type)).Concat(hasInstance ? ["InstanceId=cri-x"] : []);
            Assert.Equal($"{(methods.Contains(usual) ? usual : methods[0])} {name} {string.Join(' ', expected.Order(StringComparer.Ordinal))}", Assert.Single(_stub.TakeRequests()));
            Assert.Equal("REQ-1", reply.Properties["RequestId"].Value);
        }

        Assert.Equal(119, s_table.Length);
    }

    [Fact]
    public void Sends_no_write_of_any_operation_without_confirmation()
    {
        foreach (var name in s_table.Select(line => line[0]))
        {
            var outcome = _session.Run($"Invoke-CrApi {name} -Force");

            var isRead = name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("List", StringComparison.Ordinal);
            Assert.Equal(isRead, outcome.Terminating is null);
            Assert.Equal(isRead ? 1 : 0, _stub.TakeRequests().Count);
        }
    }

    private static string Value(string type) => type switch
    {
        "Integer" or "Long" => "7",
        "Boolean" => "$true",
        "Secret" => "$credential.Password",
        "List" => "@('a', @{ Key = 'k' })",
        "Json" => "@(@{ a = 1 })",
        _ => "'a&b é'",
    };

    private static string[] Sent(string name, string type) => type switch
    {
        _ when name == "RegionId" => ["RegionId=cn-shanghai"],
        "Integer" or "Long" => [$"{name}=7"],
        "Boolean" => [$"{name}=true"],
        "Secret" => [$"{name}=planted-9"],
        "List" => [$"{name}.1=a", $"{name}.2.Key=k"],
        "Json" => [$$"""{{name}}=[{"a":1}]"""],
        _ => [$"{name}=a&b é"],
    };

    /// <summary>Answers each request with success.</summary>
    private sealed class Stub : HttpMessageHandler
    {
        private readonly ConcurrentQueue<string> _requests = new();

        public List<string> TakeRequests()
        {
            var taken = _requests.ToList();
            _requests.Clear();
            return taken;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var parameters = query.AllKeys.Select(name => $"{name}={query[name]}").Order(StringComparer.Ordinal);
            _requests.Enqueue($"{request.Method} {request.Headers.GetValues("x-acs-action").Single()} {string.Join(' ', parameters)}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"Code":"success","IsSuccess":true,"RequestId":"REQ-1"}""", Encoding.UTF8, "application/json") });
        }
    }
}
