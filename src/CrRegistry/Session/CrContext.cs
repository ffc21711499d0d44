using System.Management.Automation;
using System.Net;
using System.Runtime.InteropServices;
using System.Security;
using CrRegistry.Client;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry;

/// <summary>The defaults of a session, as Connect-CrRegistry was given them. Immutable; its secrets are not among what is shown of it.</summary>
public sealed class CrContext
{
    /// <summary>What holds where Connect-CrRegistry was not called.</summary>
    internal const int DefaultThrottleLimit = 10;

    /// <summary>From sending a request to the headers of its reply, in seconds.</summary>
    internal const int DefaultConnectionTimeout = 10;

    /// <summary>From sending a request to the last byte of its reply, in seconds.</summary>
    internal const int DefaultOperationTimeout = 30;

    private readonly Lazy<object> _connection;

    // Through a lambda: making a context does not load the client yet.
    internal CrContext() => _connection = new Lazy<object>(() => NewConnection());

    /// <summary>The region whose service is asked; null where none was given.</summary>
    public string? RegionId { get; internal init; }

    /// <summary>The instance that is asked; null where none was given.</summary>
    public string? InstanceId { get; internal init; }

    /// <summary>The endpoint in place of the region's own; null where none was given.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>Whether the region's endpoint inside a VPC is taken.</summary>
    public bool Vpc { get; internal init; }

    /// <summary>The format of replies.</summary>
    public CrFormat Format { get; internal init; }

    /// <summary>How many requests may be under way at once, 1 to 64.</summary>
    public int ThrottleLimit { get; internal init; } = DefaultThrottleLimit;

    /// <summary>How many seconds each try of a request may take up to the headers of its reply.</summary>
    public int ConnectionTimeoutSeconds { get; internal init; } = DefaultConnectionTimeout;

    /// <summary>How many seconds each try of a request may take up to the last byte of its reply.</summary>
    public int OperationTimeoutSeconds { get; internal init; } = DefaultOperationTimeout;

    /// <summary>The proxy in place of the system's; null where none was given.</summary>
    public Uri? Proxy { get; internal init; }

    /// <summary>The AccessKey ID that requests are signed with; null until the first call has found it.</summary>
    public string? AccessKeyId => Credential?.UserName ?? (_connection.IsValueCreated ? Connection.Identity?.AccessKeyId : null);

    /// <summary>The place that the credential came from, for example <c>profile 'production' in '/home/me/.aliyun/config.json'</c>; null until the first call has found it.</summary>
    public string? CredentialSource => Credential is not null ? "-Credential" : _connection.IsValueCreated ? Connection.Identity?.Origin : null;

    /// <summary>The local time at which the credential expires; null if it does not, or if that is not known.</summary>
    public DateTime? CredentialExpiration => _connection.IsValueCreated ? Connection.Identity?.Expiration?.LocalDateTime : null;

    /// <summary>The profile that the credential is taken from; null where none was named.</summary>
    public string? ProfileName { get; internal init; }

    /// <summary>True if Connect-CrRegistry made it. A command without a connection makes a context of its own, so that it does not go on to use a credential that the environment no longer has.</summary>
    internal bool IsConnected { get; init; }

    internal PSCredential? Credential { get; init; }

    internal SecureString? SecurityToken { get; init; }

    internal PSCredential? ProxyCredential { get; init; }

    internal HttpMessageHandler? HttpMessageHandler { get; init; }

    /// <summary>The connection, made at the first use and shared by all cmdlets that use this context.</summary>
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

    private static string? PlainText(SecureString? secret)
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
