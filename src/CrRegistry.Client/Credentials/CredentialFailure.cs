using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials;

/// <summary>Makes the exceptions of the credential chain. None of them holds a secret, nor anything else of a file's content but names.</summary>
internal static class CredentialFailure
{
    /// <param name="message">What is wrong, where, and what to do: whole sentences.</param>
    public static CrApiException Of(string message) => new(message) { Code = CrErrorCode.CredentialUnavailable };

    /// <summary>Does a call for a credential, and says of its failure for whom it was made.</summary>
    /// <param name="place">For example <c>The profile 'a' in 'file'</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up.</param>
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

    /// <summary>Makes an exception that has its cause in another one, and what that knows of the reply.</summary>
    public static CrApiException Because(string message, CrApiException cause) => new(message, cause)
    {
        Code = CrErrorCode.CredentialUnavailable,
        Action = cause.Action,
        HttpStatus = cause.HttpStatus,
        RequestId = cause.RequestId,
        Recommend = cause.Recommend,
    };
}
