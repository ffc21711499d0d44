namespace CrRegistry.Client.Decoding;

/// <summary>A body that cannot be read as the expected type.</summary>
/// <param name="problem">The reason, as the end of a sentence.</param>
/// <param name="isCut">True if it is empty or incomplete, so that another attempt may succeed.</param>
/// <param name="cause">The exception of the reader.</param>
internal sealed class UnreadableBodyException(string problem, bool isCut, Exception? cause = null) : Exception(problem, cause)
{
    public bool IsCut { get; } = isCut;
}
