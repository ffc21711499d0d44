namespace CrRegistry.Client.Credentials.Sts;

/// <summary>The role that STS is asked for.</summary>
/// <param name="Endpoint">Scheme and host of STS.</param>
/// <param name="RoleArn">The role, <c>acs:ram::…:role/…</c>.</param>
internal sealed record RoleRequest(Uri Endpoint, string RoleArn)
{
    private const string DefaultSessionName = "CrRegistry";

    /// <summary>The least that STS gives, in seconds.</summary>
    public const int ShortestDuration = 900;

    private const int DefaultDuration = 3600;

    /// <summary>Under which name the session shows in the account's logs; null for the module's.</summary>
    public string? SessionName { get; init; }

    /// <summary>How long the credential is to last, in seconds; null for an hour.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>A policy that narrows the role's; null for the role's own.</summary>
    public string? Policy { get; init; }

    /// <summary>What a role of another account may demand; null for none.</summary>
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
