using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Faults;

/// <summary>Returns the faults of calls that do not reach the service. The signature is not checked, and the nonce is not used.</summary>
internal static class Rejection
{
    // The port of tcpmux, which today's computers do not run.
    private const string NothingListens = "http://127.0.0.1:1/";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Exchange.Of(context).Fault is not { } fault)
            return next(context);
        if (fault.RetryAfter is { } wait)
            context.Response.Headers["x-acs-retry-after"] = $"{Math.Ceiling(wait.TotalMilliseconds):F0}";
        return fault.Kind switch
        {
            FaultKind.Throttling => Reply.SendAsync(context, ApiFault.BadRequest("Throttling.User", "Request was denied due to user flow control.")),
            FaultKind.TooManyRequests => Reply.SendAsync(context, new ApiFault(StatusCodes.Status429TooManyRequests, "Throttling", "Request was denied due to request throttling.")),
            FaultKind.ServiceUnavailable => Reply.SendAsync(context, new ApiFault(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.")),
            FaultKind.BadGateway => PageAsync(context, StatusCodes.Status502BadGateway, "502 Bad Gateway"),
            FaultKind.Portal => PageAsync(context, StatusCodes.Status200OK, "Sign in to the network"),
            FaultKind.Redirect => RedirectAsync(context),
            _ => next(context),
        };
    }

    private static Task PageAsync(HttpContext context, int status, string title)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n", context.RequestAborted);
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Redirect(NothingListens);
        return context.Response.CompleteAsync();
    }
}
