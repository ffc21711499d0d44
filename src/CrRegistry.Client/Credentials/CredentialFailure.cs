using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials;

/// <summary>Creates the exceptions of the credential chain. They contain no secret. Of a file's content they contain only names.</summary>
internal static class CredentialFailure
{
    /// <param name="message">The problem, its place and what to do, in complete sentences.</param>
    public static CrApiException Of(string message) => new(message) { Code = CrErrorCode.CredentialUnavailable };

    /// <summary>Requests a credential. If that fails, the error names the place that needed it.</summary>
    /// <param name="place">For example <c>The profile 'a' in 'file'</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<Credential> NamingAsync(string place, Func<CancellationToken, Task<Credential>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure)
        {
            throw Because($"{place}: {failure.Message}", failure);
        }
    }

    /// <summary>Creates an exception with another one as its cause, and with that exception's details of the reply.</summary>
    public static CrApiException Because(string message, CrApiException cause) => new(message, cause)
    {
        Code = CrErrorCode.CredentialUnavailable,
        Action = cause.Action,
        HttpStatus = cause.HttpStatus,
        RequestId = cause.RequestId,
        Recommend = cause.Recommend,
    };
}
