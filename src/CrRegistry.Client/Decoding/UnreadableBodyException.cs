namespace CrRegistry.Client.Decoding;

/// <summary>A body, or a row in it, that cannot be read as the expected type.</summary>
/// <param name="problem">The reason, as the end of a sentence. The caller adds the subject if a row is invalid.</param>
/// <param name="isCut">True if it is empty or incomplete, so that another attempt may succeed.</param>
/// <param name="cause">The exception of the reader.</param>
internal sealed class UnreadableBodyException(string problem, bool isCut = false, Exception? cause = null) : Exception(problem, cause)
{
    public bool IsCut { get; } = isCut;
}
