using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Json;

/// <summary>Reads the replies that hold a temporary credential. An error names a field, and never quotes a value.</summary>
internal static class CredentialReplies
{
    private const string Success = "Success";

    /// <summary>Reads a reply of STS.</summary>
    public static Credential ReadSts(ApiReply reply) =>
        Read(reply, Parse(reply, CredentialJson.Default.AssumeRoleReply).Credentials ?? throw Unusable(reply, "it has no Credentials"));

    /// <summary>Reads a reply of the ECS metadata or of a credentials URI, whose Code must be Success.</summary>
    public static Credential ReadService(ApiReply reply)
    {
        var fields = Parse(reply, CredentialJson.Default.CredentialFields);
        return fields.Code == Success ? Read(reply, fields) : throw Unusable(reply, $"its Code is not '{Success}'");
    }

    /// <summary>Reads a time as all of these services write it, in UTC.</summary>
    public static DateTimeOffset? ReadTime(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static Credential Read(ApiReply reply, CredentialFields fields) => new(
        Required(reply, fields.AccessKeyId, nameof(fields.AccessKeyId)),
        Required(reply, fields.AccessKeySecret, nameof(fields.AccessKeySecret)),
        Required(reply, fields.SecurityToken, nameof(fields.SecurityToken)))
    {
        Expiration = ReadTime(fields.Expiration) ?? throw Unusable(reply, $"its {nameof(fields.Expiration)} is missing or is no time"),
    };

    private static string Required(ApiReply reply, string? value, string field) =>
        value is not { Length: > 0 } ? throw Unusable(reply, $"it has no {field}")
        : Credential.CanHold(value) ? value : throw Unusable(reply, $"its {field} cannot be one");

    private static T Parse<T>(ApiReply reply, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.AsSpan(), type) ?? throw Unusable(reply, "it is 'null'");
        }
        catch (JsonException)
        {
            // Its message quotes what it stumbled on.
            throw Unusable(reply, "it is not the JSON of a credential");
        }
    }

    private static CrApiException Unusable(ApiReply reply, string problem) =>
        CredentialFailure.Of($"The reply to {reply.Action} is not usable: {problem}.");
}
