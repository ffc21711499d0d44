using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A profile in a file for errors. Without a file, all of its fields come from the environment.</summary>
internal readonly record struct ProfilePlace(string File, string Name)
{
    public CrApiException Broken(string problem) => CredentialFailure.Of($"{this} {problem}.");

    /// <summary>Returns a required field.</summary>
    public string Require(string? value, string field) => string.IsNullOrWhiteSpace(value) ? throw Broken($"has no {field}") : value!;

    /// <summary>Returns an AccessKey. Its ID and its secret are required.</summary>
    public Credential RequireKey(string? id, string? secret, string? token = null) =>
        new(RequireKey(id, "access_key_id"), RequireKey(secret, "access_key_secret"), string.IsNullOrWhiteSpace(token) ? null : RequireKey(token, "sts_token"));

    private string RequireKey(string? value, string field)
    {
        var key = Require(value, field);
        return Credential.CanHold(key) ? key : throw Broken($"has an {field} with an invalid character, such as a space or an accented letter");
    }

    /// <summary>The place in a form that fits inside a sentence.</summary>
    public string Origin => $"profile '{FileText.Name(Name)}' in '{File}'";

    public override string ToString() => File.Length > 0 ? $"The profile '{FileText.Name(Name)}' in '{File}'" : "The profile from the environment variables";
}
