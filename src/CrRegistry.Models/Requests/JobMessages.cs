namespace CrRegistry.Requests;

/// <summary>A message of a job to the pipeline.</summary>
internal abstract record JobMessage;

/// <summary>A row that a lookup found.</summary>
/// <param name="Row">The row.</param>
internal sealed record RowFound<TRow>(TRow Row) : JobMessage;

/// <summary>A message that the list does not contain a requested row.</summary>
/// <param name="Name">The name or the ID.</param>
internal sealed record RowNotFound(string Name) : JobMessage;
