namespace CrRegistry.Client.Decoding;

/// <summary>A body that cannot be read as what it should be.</summary>
/// <param name="problem">What is wrong with it, as the end of a sentence.</param>
/// <param name="isCut">Whether it is empty or ends in its middle, so that another try may bring it whole.</param>
/// <param name="cause">What the reader of the format said.</param>
internal sealed class UnreadableBodyException(string problem, bool isCut, Exception? cause = null) : Exception(problem, cause)
{
    public bool IsCut { get; } = isCut;
}
