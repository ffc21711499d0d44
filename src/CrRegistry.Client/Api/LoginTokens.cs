using System.Globalization;
using System.Security;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Creates a login for the registry of an instance: ListInstanceEndpoint and GetAuthorizationToken. Its message is <see cref="RowFound{TRow}"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="instance">The instance.</param>
/// <param name="isVpc">True for the domain inside a VPC; false for the public one.</param>
/// <param name="expiresInHours">The lifetime of the token in hours, 1 to 24; null for the default of the service.</param>
internal sealed class LoginJob(Func<JobContext, ApiSession> open, InstanceScope instance, bool isVpc, int? expiresInHours) : IJob
{
    /// <summary>The longest text that a SecureString accepts.</summary>
    private const int LongestToken = 65_536;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var transport = open(context).Transport;
        // The domain is requested first, so that no token is created without one.
        var server = await GetServerAsync(transport, cancellationToken).ConfigureAwait(false);
        var parameters = new Dictionary<string, string> { ["InstanceId"] = instance.InstanceId };
        if (expiresInHours is { } hours) parameters.Add("ExpiresInHours", hours.ToString(CultureInfo.InvariantCulture));
        var login = await transport.SendAsync(Operation.GetAuthorizationToken, parameters, reply => Read(reply, server), cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(new RowFound<LoginToken>(login), cancellationToken).ConfigureAwait(false);
    }

    private Task<string> GetServerAsync(ApiTransport transport, CancellationToken cancellationToken) => transport.SendAsync(
        Operation.ListInstanceEndpoint,
        // The default of ModuleName is not documented. An instance may also have endpoints for charts.
        new Dictionary<string, string> { ["InstanceId"] = instance.InstanceId, ["ModuleName"] = "Registry" },
        FindServer,
        cancellationToken);

    /// <exception cref="CrApiException">The instance has no such domain, or its endpoint is disabled.</exception>
    private string FindServer(ApiReply reply)
    {
        var endpoints = (ReplyDecoder.Decode(reply, ReplyJson.Default.ListInstanceEndpointReply).Endpoints ?? []).Where(IsOfNetwork).ToArray();
        var network = isVpc ? "VPC" : "public";
        if (endpoints.Length == 0) throw Unavailable($"The instance has no {network} endpoint.");
        // Domains of the type USER are custom domains. Those of the type SYSTEM always have the certificate of the service.
        var domains = endpoints.Where(IsEnabled).SelectMany(endpoint => endpoint!.Domains ?? []).Where(domain => !string.IsNullOrWhiteSpace(domain?.Domain)).ToArray();
        var domain = (domains.FirstOrDefault(IsOfService) ?? domains.FirstOrDefault())?.Domain;
        if (domain is null) throw Unavailable($"The {network} endpoint of the instance {(endpoints.Any(IsEnabled) ? "has no domain" : "is disabled")}.");
        // Anything else could be more than one argument of a program, or an option, or a path.
        return domain[0] != '-' && Uri.CheckHostName(domain) == UriHostNameType.Dns ? domain : throw ReplyDecoder.Invalid(reply, $"its domain '{domain}' is invalid");

        CrApiException Unavailable(string message) => new(message)
        {
            Code = isVpc ? CrErrorCode.VpcEndpointUnavailable : CrErrorCode.PublicEndpointUnavailable,
            Action = reply.Action,
            RequestId = reply.RequestId,
        };
    }

    /// <summary>True if an endpoint is in the requested network. No document contains the type of a VPC endpoint. That of a public one is <c>internet</c>, also written <c>Internet</c>.</summary>
    private bool IsOfNetwork(EndpointFields? endpoint) =>
        endpoint?.EndpointType is { Length: > 0 } type && type.Equals("internet", StringComparison.OrdinalIgnoreCase) != isVpc;

    private static bool IsEnabled(EndpointFields? endpoint) => string.IsNullOrWhiteSpace(endpoint?.Enable) || (bool.TryParse(endpoint!.Enable, out var isEnabled) && isEnabled);

    private static bool IsOfService(DomainFields? domain) => string.Equals(domain?.Type, "SYSTEM", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CrApiException">The reply has no user name or no token, or one that cannot be used. The message contains neither.</exception>
    private LoginToken Read(ApiReply reply, string server)
    {
        var fields = ReplyDecoder.Decode(reply, ReplyJson.Default.AuthorizationTokenReply);
        if (string.IsNullOrEmpty(fields.TempUsername)) throw ReplyDecoder.Invalid(reply, "it has no TempUsername");
        if (string.IsNullOrEmpty(fields.AuthorizationToken)) throw ReplyDecoder.Invalid(reply, "it has no AuthorizationToken");
        // RFC 7617 does not allow these characters in the user name and the password of HTTP Basic authentication.
        if (fields.TempUsername!.Any(character => char.IsControl(character) || character == ':')) throw ReplyDecoder.Invalid(reply, "its TempUsername contains an invalid character");
        if (fields.AuthorizationToken!.Any(char.IsControl)) throw ReplyDecoder.Invalid(reply, "its AuthorizationToken contains an invalid character");
        if (fields.AuthorizationToken!.Length > LongestToken) throw ReplyDecoder.Invalid(reply, $"its AuthorizationToken has more than {LongestToken} characters");
        if (!fields.ExpireTime.TryTime(out var expires)) throw ReplyDecoder.Invalid(reply, "its ExpireTime is not a time");
        var password = new SecureString();
        foreach (var character in fields.AuthorizationToken!) password.AppendChar(character);
        password.MakeReadOnly();
        return new LoginToken
        {
            Server = server,
            UserName = fields.TempUsername!,
            Password = password,
            ExpireTime = expires,
            InstanceId = instance.InstanceId,
            RegionId = instance.RegionId,
        };
    }
}

internal sealed class ListInstanceEndpointReply : Envelope
{
    public List<EndpointFields?>? Endpoints { get; set => field = Once(value, 5); }
}

internal sealed class EndpointFields : Envelope
{
    public string? EndpointType { get; set => field = Once(value, 5); }

    public string? Enable { get; set => field = Once(value, 6); }

    public List<DomainFields?>? Domains { get; set => field = Once(value, 7); }
}

internal sealed class DomainFields : Envelope
{
    public string? Domain { get; set => field = Once(value, 5); }

    public string? Type { get; set => field = Once(value, 6); }
}

internal sealed class AuthorizationTokenReply : Envelope
{
    public string? TempUsername { get; set => field = Once(value, 5); }

    public string? AuthorizationToken { get; set => field = Once(value, 6); }

    public NumberField ExpireTime { get; set => field = Once(value, 7); }
}
