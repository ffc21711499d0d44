using System.Management.Automation;
using System.Net;
using System.Runtime.InteropServices;
using System.Security;
using CrRegistry.Client;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry;

/// <summary>The defaults of a session, as specified with Connect-CrRegistry. Immutable. No property shows a secret.</summary>
public sealed class CrContext
{
    /// <summary>The default number of requests that may be in flight at once.</summary>
    internal const int DefaultThrottleLimit = 10;

    /// <summary>The default timeout of each attempt up to the headers of the reply, in seconds.</summary>
    internal const int DefaultConnectionTimeout = 10;

    /// <summary>The default timeout of each attempt up to the last byte of the reply, in seconds.</summary>
    internal const int DefaultOperationTimeout = 30;

    private readonly Lazy<object> _connection;

    // Through a lambda, so that the creation of a context does not load the client.
    internal CrContext() => _connection = new Lazy<object>(() => NewConnection());

    /// <summary>The region ID; null if not specified.</summary>
    public string? RegionId { get; internal init; }

    /// <summary>The instance ID; null if not specified.</summary>
    public string? InstanceId { get; internal init; }

    /// <summary>The endpoint that replaces the endpoint of the region; null if not specified.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>True if the region's endpoint inside a VPC is used.</summary>
    public bool Vpc { get; internal init; }

    /// <summary>The format of replies.</summary>
    public CrFormat Format { get; internal init; }

    /// <summary>The maximum number of simultaneous requests, 1 to 64.</summary>
    public int ThrottleLimit { get; internal init; } = DefaultThrottleLimit;

    /// <summary>The timeout of each attempt up to the headers of the reply, in seconds.</summary>
    public int ConnectionTimeoutSeconds { get; internal init; } = DefaultConnectionTimeout;

    /// <summary>The timeout of each attempt up to the last byte of the reply, in seconds.</summary>
    public int OperationTimeoutSeconds { get; internal init; } = DefaultOperationTimeout;

    /// <summary>The proxy that replaces the system's proxy; null if not specified.</summary>
    public Uri? Proxy { get; internal init; }

    /// <summary>The AccessKey ID that signs requests; null before the first call.</summary>
    public string? AccessKeyId => Credential?.UserName ?? (_connection.IsValueCreated ? Connection.Identity?.AccessKeyId : null);

    /// <summary>The source of the credential, for example <c>profile 'production' in '/home/me/.aliyun/config.json'</c>; null before the first call.</summary>
    public string? CredentialSource => Credential is not null ? "-Credential" : _connection.IsValueCreated ? Connection.Identity?.Origin : null;

    /// <summary>The local time at which the credential expires; null if it does not expire, or if the time is unknown.</summary>
    public DateTime? CredentialExpiration => _connection.IsValueCreated ? Connection.Identity?.Expiration?.LocalDateTime : null;

    /// <summary>The profile of the credential; null if not specified.</summary>
    public string? ProfileName { get; internal init; }

    /// <summary>True if Connect-CrRegistry created it. A command without a connection creates its own context, so that it does not use a credential that was removed from the environment.</summary>
    internal bool IsConnected { get; init; }

    internal PSCredential? Credential { get; init; }

    internal SecureString? SecurityToken { get; init; }

    internal PSCredential? ProxyCredential { get; init; }

    internal HttpMessageHandler? HttpMessageHandler { get; init; }

    /// <summary>The connection. It is created at the first use and shared by all cmdlets that use this context.</summary>
    internal CrConnection Connection => (CrConnection)_connection.Value;

    private CrConnection NewConnection() => new(new CrConnectionOptions
    {
        Credential = Credential is null ? null : new Credential(Credential.UserName, PlainText(Credential.Password)!, PlainText(SecurityToken)),
        Format = Format,
        ProfileName = ProfileName,
        RegionId = RegionId,
        IsVpc = Vpc,
        MessageHandler = HttpMessageHandler,
        Proxy = Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
        ConnectionTimeout = TimeSpan.FromSeconds(ConnectionTimeoutSeconds),
        OperationTimeout = TimeSpan.FromSeconds(OperationTimeoutSeconds),
    });

    /// <summary>Returns the text of a secret.</summary>
    internal static string? PlainText(SecureString? secret)
    {
        if (secret is null) return null;
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }
}
