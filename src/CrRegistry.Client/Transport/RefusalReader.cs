using System.Globalization;
using System.Text.Json;
using CrRegistry.Client.Operations.Json;

namespace CrRegistry.Client.Transport;

/// <summary>Reads the body of a reply whose HTTP status is none of success.</summary>
internal static class RefusalReader
{
    /// <summary>Makes the exception for it. A body that is not the service's own is survived: the status tells what there is to tell.</summary>
    public static CrApiException Read(ApiReply reply)
    {
        var refusal = Parse(reply.Body);
        var status = reply.HttpStatus.ToString(CultureInfo.InvariantCulture);
        var code = refusal?.Code is { Length: > 0 } given ? given : "Http" + status;
        var said = refusal?.Message is { Length: > 0 } message
            ? message.TrimEnd().TrimEnd('.')
            : refusal?.Code is { Length: > 0 } ? $"the service answered '{refusal.Code}'" : $"the reply has HTTP status {status} and no error of the service";
        return new CrApiException($"{reply.Action} was refused: {said}.")
        {
            Code = code,
            Action = reply.Action,
            HttpStatus = reply.HttpStatus,
            RequestId = refusal?.RequestId ?? reply.RequestId,
            Recommend = refusal?.Recommend,
        };
    }

    private static Refusal? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, RefusalJson.Default.Refusal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
