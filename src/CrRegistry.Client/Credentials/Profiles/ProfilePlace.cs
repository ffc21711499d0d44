namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A profile in a file: what an error says about where it is.</summary>
internal readonly record struct ProfilePlace(string File, string Name)
{
    public CrApiException Broken(string problem) => CredentialFailure.Of($"{this} {problem}.");

    /// <summary>A field that must be there.</summary>
    public string Require(string? value, string field) => string.IsNullOrWhiteSpace(value) ? throw Broken($"has no {field}") : value!;

    /// <summary>An AccessKey, both halves of which must be there.</summary>
    public Credential RequireKey(string? id, string? secret, string? token = null) =>
        new(Require(id, "access_key_id"), Require(secret, "access_key_secret"), string.IsNullOrWhiteSpace(token) ? null : token);

    public override string ToString() => $"The profile '{Name}' in '{File}'";
}
