namespace CrRegistry.Errors;

/// <summary>How much of a pipeline a failure dooms.</summary>
internal enum ErrorScope
{
    /// <summary>One item: the next one goes on.</summary>
    Item,

    /// <summary>Every item, unless a request of this pipeline has succeeded before.</summary>
    PipelineUntilSuccess,

    /// <summary>Every item.</summary>
    Pipeline,
}
