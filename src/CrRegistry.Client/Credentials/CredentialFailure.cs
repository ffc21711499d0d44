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
            throw new CrApiException($"{place}: {failure.Message}", failure)
            {
                Code = CrErrorCode.CredentialUnavailable,
                Action = failure.Action,
                HttpStatus = failure.HttpStatus,
                RequestId = failure.RequestId,
                Recommend = failure.Recommend,
            };
        }
    }
}
