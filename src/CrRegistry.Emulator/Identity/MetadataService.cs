using System.Text.Json.Nodes;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Identity;

/// <summary>The metadata service of an ECS instance with a role, in both versions, and a credentials URI. Both return temporary keys to any caller.</summary>
internal sealed class MetadataService(KeyRing keys)
{
    public const string CredentialsPath = "/credentials";
    public const string RoleName = "EmulatorRole";

    private const string TokenPath = "/latest/api/token";
    private const string RolePath = "/latest/meta-data/ram/security-credentials/";
    private const string TtlHeader = "X-aliyun-ecs-metadata-token-ttl-seconds";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";

    private static readonly TimeSpan s_duration = TimeSpan.FromHours(6);

    private readonly string _token = AccessKey.RandomText(40);

    /// <summary>True if a path belongs to these services.</summary>
    public static bool Serves(string path) => path is CredentialsPath or TokenPath || path.StartsWith(RolePath, StringComparison.Ordinal);

    public Task ReplyAsync(HttpContext context)
    {
        ReceivedRequest request = Exchange.Of(context).Request;
        if (request.Path == TokenPath)
        {
            return HttpMethods.IsPut(request.Method) && request.Header(TtlHeader) is not null
                ? Reply.SendTextAsync(context, StatusCodes.Status200OK, _token)
                : Reply.SendTextAsync(context, StatusCodes.Status400BadRequest, $"PUT with {TtlHeader} returns a token.");
        }

        if (!HttpMethods.IsGet(request.Method))
            return Reply.SendTextAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET is allowed.");
        if (request.Path == CredentialsPath)
            return SendKeyAsync(context);

        // A request without a token uses version 1, which is also supported.
        if (request.Header(TokenHeader) is { } token && token != _token)
            return Reply.SendTextAsync(context, StatusCodes.Status401Unauthorized, "The token is not valid.");
        return request.Path[RolePath.Length..] switch
        {
            "" => Reply.SendTextAsync(context, StatusCodes.Status200OK, RoleName),
            RoleName => SendKeyAsync(context),
            _ => Reply.SendTextAsync(context, StatusCodes.Status404NotFound, "The instance has no such role."),
        };
    }

    private Task SendKeyAsync(HttpContext context)
    {
        JsonObject fields = StsService.FieldsOf(keys.Issue(s_duration));
        fields["Code"] = "Success";
        return Reply.SendAsync(context, fields);
    }
}
