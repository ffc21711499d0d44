using System.Text.Json;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>
/// The common fields of replies in JSON and XML. All scalars except numbers are text: see <see cref="LenientStringConverter"/>.
/// Some operations write Success for IsSuccess.
/// </summary>
internal abstract class Envelope
{
    /// <summary>The fields that were set, one bit for each.</summary>
    private int _set;

    /// <summary>
    /// Returns the first value of a field, which may be null. A second value would hide the first one, for example if the border between two
    /// rows was lost. AllowDuplicateProperties finds it as well, but takes a third of the decoding time.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="field">The number of the field, one for each field of a class and its base classes.</param>
    protected T Once<T>(T value, int field)
    {
        var bit = 1 << field;
        if ((_set & bit) != 0) throw new JsonException("A field occurs twice.");
        _set |= bit;
        return value;
    }

    public string? Code { get; set => field = Once(value, 0); }

    public string? IsSuccess { get; set => field = Once(value, 1); }

    public string? Success { get; set => field = Once(value, 2); }

    public string? Message { get; set => field = Once(value, 3); }

    public string? RequestId { get; set => field = Once(value, 4); }
}

/// <summary>The reply of an operation that returns nothing, as most writes do.</summary>
internal sealed class EmptyReply : Envelope;

/// <summary>The common fields of lists.</summary>
internal abstract class ListReply : Envelope
{
    public NumberField PageSize { get; set => field = Once(value, 5); }

    public NumberField TotalCount { get; set => field = Once(value, 6); }
}

/// <summary>
/// The body of a reply with an HTTP status other than 2xx: an object in JSON, <c>Error</c> in XML.
/// The official clients accept all of these names.
/// </summary>
internal sealed class ServiceError
{
    public string? Code { get; set; }

    public string? Message { get; set; }

    public string? Description { get; set; }

    public string? Detail { get; set; }

    public string? AccessDeniedDetail { get; set; }

    public string? RequestId { get; set; }

    public string? Recommend { get; set; }
}

/// <summary>The secrets in replies of operations that return one. A rejection may quote them in its other fields.</summary>
internal sealed class SecretFields
{
    public string? AuthorizationToken { get; set; }
}
