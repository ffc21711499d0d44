using System.Globalization;

namespace CrRegistry.Benchmarks.Results;

/// <summary>Several measurements of one thing.</summary>
internal sealed record Sample(double Median, double Least, double Most)
{
    public static Sample Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return new Sample(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Compares the two values of each round.</summary>
    public static Sample Of<T>(IEnumerable<T> one, IEnumerable<T> other, Func<T, T, double> compare) => Of(one.Zip(other, compare));

    /// <summary>Returns the median, and the minimum and maximum in brackets.</summary>
    public override string ToString() => ToString("0.00");

    public string ToString(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Least.ToString(format, CultureInfo.InvariantCulture)}–{Most.ToString(format, CultureInfo.InvariantCulture)})");
}
