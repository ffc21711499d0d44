using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Replies;

/// <summary>Writes replies in the requested format.</summary>
internal static class Reply
{
    // The service does not escape & + <.
    private static readonly JsonSerializerOptions s_asTheService = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddEnvelope(Exchange exchange, JsonObject result)
    {
        result["RequestId"] = exchange.RequestId;
        result["IsSuccess"] = true;
        result["Code"] = "success";
    }

    public static Task SendAsync(HttpContext context, JsonObject result) =>
        WriteAsync(context, StatusCodes.Status200OK, (string?)result["Code"] ?? "success", $"{Exchange.Of(context).Request.Action}Response", result);

    /// <summary>Sends a text.</summary>
    public static Task SendTextAsync(HttpContext context, int status, string text)
    {
        Exchange.Of(context).Code = status == StatusCodes.Status200OK ? "success" : null;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    public static Task SendAsync(HttpContext context, ApiFault fault)
    {
        Exchange exchange = Exchange.Of(context);
        var body = new JsonObject
        {
            ["RequestId"] = exchange.RequestId,
            ["HostId"] = exchange.Request.Host,
            ["Code"] = fault.Code,
            ["Message"] = fault.Message,

            // The service returns the address of a page that explains the code.
            ["Recommend"] = $"https://diagnosis.example/?code={fault.Code}&requestId={exchange.RequestId}",
        };
        return WriteAsync(context, fault.Status, fault.Code, "Error", body);
    }

    private static Task WriteAsync(HttpContext context, int status, string? code, string xmlRoot, JsonObject body)
    {
        Exchange exchange = Exchange.Of(context);
        exchange.Code = code;
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.Headers["x-acs-request-id"] = exchange.RequestId;
        bool xml = exchange.Request.Format == ReplyFormat.Xml;
        byte[] bytes = xml ? XmlBody.Write(xmlRoot, body) : JsonSerializer.SerializeToUtf8Bytes(body, s_asTheService);
        response.ContentType = xml ? "text/xml;charset=utf-8" : "application/json;charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
