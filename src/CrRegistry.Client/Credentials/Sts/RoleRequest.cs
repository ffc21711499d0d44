namespace CrRegistry.Client.Credentials.Sts;

/// <summary>A request to STS for the credential of a role.</summary>
/// <param name="Endpoint">Scheme and host of STS.</param>
/// <param name="RoleArn">The role, <c>acs:ram::…:role/…</c>.</param>
internal sealed record RoleRequest(Uri Endpoint, string RoleArn)
{
    private const string DefaultSessionName = "CrRegistry";

    /// <summary>The shortest duration that STS accepts, in seconds.</summary>
    public const int ShortestDuration = 900;

    private const int DefaultDuration = 3600;

    /// <summary>The name of the session in the account's logs; null for the default.</summary>
    public string? SessionName { get; init; }

    /// <summary>The lifetime of the credential in seconds; null for an hour.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>A policy that restricts the role's policy; null for no restriction.</summary>
    public string? Policy { get; init; }

    /// <summary>The external ID that a role of another account may require; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The parameters of the call by name.</summary>
    public Dictionary<string, string> ToParameters()
    {
        var parameters = new Dictionary<string, string>
        {
            ["RoleArn"] = RoleArn,
            ["RoleSessionName"] = SessionName is { Length: > 0 } ? SessionName : DefaultSessionName,
            ["DurationSeconds"] = (DurationSeconds ?? DefaultDuration).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        if (Policy is { Length: > 0 }) parameters["Policy"] = Policy;
        if (ExternalId is { Length: > 0 }) parameters["ExternalId"] = ExternalId;
        return parameters;
    }
}
