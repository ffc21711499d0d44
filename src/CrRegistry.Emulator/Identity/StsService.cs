using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Identity;

/// <summary>STS. Returns a credential of any role for a signed request or for the token of an identity provider. Permissions of roles are not simulated.</summary>
internal sealed partial class StsService(KeyRing keys)
{
    public const string Version = "2015-04-01";

    private const string AssumeRole = "AssumeRole";
    private const string AssumeRoleWithOidc = "AssumeRoleWithOIDC";

    private const int DefaultSeconds = 3600;
    private const int LeastSeconds = 900;
    private const int MostSeconds = 43200;

    /// <summary>True if the operation of a request is not signed.</summary>
    public static bool IsUnsigned(ReceivedRequest request) => request.Version == Version && request.Action == AssumeRoleWithOidc;

    public JsonObject Answer(ReceivedRequest request)
    {
        CallParameters parameters = request.Parameters;
        switch (request.Action)
        {
            case AssumeRole:
                break;
            case AssumeRoleWithOidc when !HttpMethods.IsPost(request.Method):
                throw ApiFault.BadRequest("UnsupportedHTTPMethod", $"{AssumeRoleWithOidc} does not support {request.Method}.");
            case AssumeRoleWithOidc:
                parameters.Required("Timestamp");
                parameters.Required("OIDCProviderArn");
                parameters.Required("OIDCToken");
                break;
            default:
                throw ApiFault.NotFound("InvalidAction.NotFound", $"Specified api is not found: {request.Action}.");
        }

        string role = Checked(parameters, "RoleArn", RoleArn());
        string session = Checked(parameters, "RoleSessionName", SessionName());
        int seconds = parameters.Optional("DurationSeconds") is not { } text ? DefaultSeconds
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is >= LeastSeconds and <= MostSeconds ? given
            : throw Invalid("DurationSeconds");
        return new JsonObject
        {
            ["AssumedRoleUser"] = new JsonObject { ["Arn"] = $"{role.Replace(":role/", ":assumed-role/", StringComparison.Ordinal)}/{session}" },
            ["Credentials"] = FieldsOf(keys.Issue(TimeSpan.FromSeconds(seconds))),
        };
    }

    public static JsonObject FieldsOf(AccessKey key) => new()
    {
        ["AccessKeyId"] = key.Id,
        ["AccessKeySecret"] = key.Secret,
        ["SecurityToken"] = key.Token,
        ["Expiration"] = key.Expiration!.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    };

    private static string Checked(CallParameters parameters, string name, Regex form) =>
        parameters.Required(name) is var value && form.IsMatch(value) ? value : throw Invalid(name);

    private static ApiFault Invalid(string parameter) =>
        ApiFault.BadRequest($"InvalidParameter.{parameter}", $"The parameter {parameter} is not valid.");

    [GeneratedRegex("^acs:ram::[0-9]+:role/[A-Za-z0-9._@/-]+$")]
    private static partial Regex RoleArn();

    [GeneratedRegex("^[A-Za-z0-9.@_-]{2,64}$")]
    private static partial Regex SessionName();
}
