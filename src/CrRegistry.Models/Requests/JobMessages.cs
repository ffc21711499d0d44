namespace CrRegistry.Requests;

/// <summary>A message of a job to the pipeline.</summary>
internal abstract record JobMessage;

/// <summary>A row that a lookup found.</summary>
/// <param name="Row">The row.</param>
internal sealed record RowFound<TRow>(TRow Row) : JobMessage;

/// <summary>A message that the list does not contain a requested row.</summary>
/// <param name="Name">The name or the ID.</param>
internal sealed record RowNotFound(string Name) : JobMessage;

/// <summary>A message about the result of a change, or about a change that was not needed and not made.</summary>
/// <param name="Text">The text, as complete sentences.</param>
internal sealed record ChangeWarning(string Text) : JobMessage;

/// <summary>A message that a repository was measured.</summary>
/// <param name="Row">The numbers, or the problem.</param>
internal sealed record RepositoryMeasured(MeasuredRepository Row) : JobMessage
{
    /// <summary>The number of tags that have no ImageUpdate.</summary>
    public long TagsWithoutTime { get; init; }

    /// <summary>The number of tags that have no digest.</summary>
    public long TagsWithoutDigest { get; init; }

    /// <summary>The number of images that have no size.</summary>
    public long ImagesWithoutSize { get; init; }
}

/// <summary>A message that a job, which returns no rows, has read further rows.</summary>
/// <param name="Rows">The number of rows since the last such message.</param>
/// <param name="TotalCount">The number of rows in the list, as the service counts them; null if it is not known.</param>
internal sealed record RowsRead(int Rows, long? TotalCount) : JobMessage;
