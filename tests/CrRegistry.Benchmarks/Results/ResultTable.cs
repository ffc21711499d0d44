using System.Text;

namespace CrRegistry.Benchmarks.Results;

/// <summary>The table of all results, and the plot of the time by the number of tags.</summary>
internal sealed class ResultTable
{
    private const string Header = "| part | what | median (spread) | target | |\n|---|---|---|---|---|\n";

    private readonly StringBuilder _rows = new();

    /// <summary>The plot; null if it was not measured.</summary>
    public GrowthPlot? Growth { get; set; }

    public void Add(string part, string what, Sample sample, Target? target = null, string format = "0.00") =>
        Add(part, what, sample.ToString(format), target?.ToString() ?? "", target is null ? "" : target.IsMetBy(sample.Median) ? "met" : "**missed**");

    /// <summary>Adds a row without a number, for example a skipped one.</summary>
    public void Add(string part, string what, string result) => Add(part, what, result, "", "");

    /// <summary>Prints the table, and writes it with the plot to <c>out/benchmarks</c>.</summary>
    public async Task WriteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var table = Header + _rows;
        await output.WriteLineAsync(("\n" + table).AsMemory(), cancellationToken);
        Directory.CreateDirectory(Paths.Results);
        await File.WriteAllTextAsync(Path.Join(Paths.Results, "results.md"), table, cancellationToken);
        if (Growth is not null) await File.WriteAllTextAsync(Path.Join(Paths.Results, "growth.svg"), Growth.ToSvg(), cancellationToken);
        await output.WriteLineAsync($"Written to '{Paths.Results}'.".AsMemory(), cancellationToken);
    }

    private void Add(params string[] cells) => _rows.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
