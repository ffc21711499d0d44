namespace CrRegistry.Errors;

/// <summary>The part of a pipeline that fails.</summary>
internal enum ErrorScope
{
    /// <summary>One item. The pipeline continues with the next one.</summary>
    Item,

    /// <summary>Every item, unless a request of this pipeline has succeeded before.</summary>
    PipelineUntilSuccess,

    /// <summary>Every item.</summary>
    Pipeline,
}
