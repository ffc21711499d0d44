namespace CrRegistry.Emulator.Replies;

/// <summary>An error reply with the status and the code of the service.</summary>
internal sealed class ApiFault(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static ApiFault BadRequest(string code, string message) => new(StatusCodes.Status400BadRequest, code, message);

    public static ApiFault NotFound(string code, string message) => new(StatusCodes.Status404NotFound, code, message);

    public static ApiFault Missing(string parameter) =>
        BadRequest($"Missing{parameter}", $"{parameter} is mandatory for this action.");
}
