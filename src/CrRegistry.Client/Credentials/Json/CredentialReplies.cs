using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Json;

/// <summary>Reads the replies that contain a temporary credential. An error names a field and never quotes a value.</summary>
internal static class CredentialReplies
{
    private const string Success = "Success";

    /// <summary>Reads a reply of STS.</summary>
    public static Credential ReadSts(ApiReply reply) =>
        Read(reply, Parse(reply, CredentialJson.Default.AssumeRoleReply).Credentials ?? throw Unusable(reply, "it has no Credentials"));

    /// <summary>Reads a reply of CloudSSO.</summary>
    public static Credential ReadCloudSso(ApiReply reply) =>
        Read(reply, Parse(reply, CredentialJson.Default.CloudSsoReply).CloudCredential ?? throw Unusable(reply, "it has no CloudCredential"));

    /// <summary>Reads a reply of the OAuth service to the exchange of an access token.</summary>
    public static Credential ReadOAuth(ApiReply reply)
    {
        var fields = Parse(reply, CredentialJson.Default.OAuthExchangeReply);
        return Read(reply, new CredentialFields
        {
            AccessKeyId = fields.AccessKeyId,
            AccessKeySecret = fields.AccessKeySecret,
            SecurityToken = fields.SecurityToken,
            Expiration = fields.Expiration,
        });
    }

    /// <summary>Reads a reply of the OAuth service to the use of a refresh token.</summary>
    public static OAuthTokenReply ReadOAuthToken(ApiReply reply)
    {
        var fields = Parse(reply, CredentialJson.Default.OAuthTokenReply);
        Required(reply, fields.AccessToken, "access_token");
        Required(reply, fields.RefreshToken, "refresh_token");
        return fields;
    }

    /// <summary>Reads a reply of the ECS metadata, whose Code must be Success.</summary>
    public static Credential ReadService(ApiReply reply)
    {
        var fields = Parse(reply, CredentialJson.Default.CredentialFields);
        return fields.Code == Success ? Read(reply, fields) : throw Unusable(reply, $"its Code is not '{Success}'");
    }

    /// <summary>Reads a reply of a credentials URI. Some SDKs require neither Code nor Expiration, so that services exist that omit them.</summary>
    public static Credential ReadUri(ApiReply reply)
    {
        var fields = Parse(reply, CredentialJson.Default.CredentialFields);
        if (fields.Code is not (null or Success)) throw Unusable(reply, $"its Code is not '{Success}'");
        return ReadTime(fields.Expiration) is null ? ReadKey(reply, fields) : Read(reply, fields);
    }

    /// <summary>Reads a time in UTC, in the format of all these services.</summary>
    public static DateTimeOffset? ReadTime(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static Credential Read(ApiReply reply, CredentialFields fields) =>
        new(ReadKey(reply, fields), ReadTime(fields.Expiration) ?? throw Unusable(reply, $"its {nameof(fields.Expiration)} is missing or invalid"));

    private static Credential ReadKey(ApiReply reply, CredentialFields fields) => new(
        Required(reply, fields.AccessKeyId, nameof(fields.AccessKeyId)),
        Required(reply, fields.AccessKeySecret, nameof(fields.AccessKeySecret)),
        Required(reply, fields.SecurityToken, nameof(fields.SecurityToken)));

    private static string Required(ApiReply reply, string? value, string field) =>
        value is not { Length: > 0 } ? throw Unusable(reply, $"it has no {field}")
        : Credential.CanHold(value) ? value : throw Unusable(reply, $"its {field} is not valid");

    private static T Parse<T>(ApiReply reply, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.AsSpan(), type) ?? throw Unusable(reply, "it is 'null'");
        }
        catch (JsonException)
        {
            // The message of the exception quotes the invalid text, which may be a secret.
            throw Unusable(reply, "it is not a credential in JSON");
        }
    }

    private static CrApiException Unusable(ApiReply reply, string problem) =>
        CredentialFailure.Of($"The reply to {reply.Action} is not usable because {problem}.");
}
