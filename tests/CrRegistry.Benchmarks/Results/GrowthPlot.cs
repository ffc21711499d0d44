using System.Globalization;
using System.Text;

namespace CrRegistry.Benchmarks.Results;

/// <summary>A plot of the time by the number of tags, with logarithmic axes and a line for each contender.</summary>
internal sealed class GrowthPlot
{
    private const int Width = 720;
    private const int Height = 420;
    private const int Left = 70;
    private const int Right = 150;
    private const int Top = 30;
    private const int Bottom = 50;

    private static readonly string[] s_colours = ["#1f77b4", "#2ca02c", "#7f7f7f", "#d62728"];

    private readonly Dictionary<string, List<(double Tags, double Milliseconds)>> _lines = [];

    public void Add(string contender, int tags, double milliseconds)
    {
        if (!_lines.TryGetValue(contender, out var line)) _lines.Add(contender, line = []);
        line.Add((tags, milliseconds));
    }

    public string ToSvg()
    {
        var points = _lines.Values.SelectMany(line => line).ToArray();
        var (x0, x1) = (Decade(points.Min(point => point.Tags), Math.Floor), Decade(points.Max(point => point.Tags), Math.Ceiling));
        var (y0, y1) = (Decade(points.Min(point => point.Milliseconds), Math.Floor), Decade(points.Max(point => point.Milliseconds), Math.Ceiling));
        double X(double tags) => Left + ((Math.Log10(tags) - x0) / (x1 - x0) * (Width - Left - Right));
        double Y(double milliseconds) => Height - Bottom - ((Math.Log10(milliseconds) - y0) / (y1 - y0) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        for (var x = x0; x <= x1; x++)
        {
            var tags = Math.Pow(10, x);
            Line(svg, X(tags), Top, X(tags), Height - Bottom);
            Text(svg, X(tags), Height - Bottom + 18, "middle", tags.ToString("#,0", CultureInfo.InvariantCulture));
        }

        for (var y = y0; y <= y1; y++)
        {
            var milliseconds = Math.Pow(10, y);
            Line(svg, Left, Y(milliseconds), Width - Right, Y(milliseconds));
            Text(svg, Left - 8, Y(milliseconds) + 4, "end", milliseconds >= 1000 ? $"{milliseconds / 1000:0} s" : $"{milliseconds:0} ms");
        }

        Text(svg, (Left + Width - Right) / 2.0, Height - 8, "middle", "tags in the repository");
        foreach (var ((name, line), index) in _lines.Select((line, index) => (line, index)))
        {
            var colour = s_colours[index % s_colours.Length];
            var path = string.Join(' ', line.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Tags):0.#},{Y(point.Milliseconds):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Width - Right + 16}\" y=\"{Top + (index * 22)}\" width=\"14\" height=\"4\" fill=\"{colour}\"/>\n");
            Text(svg, Width - Right + 36, Top + (index * 22) + 6, "start", name);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double Decade(double value, Func<double, double> round) => round(Math.Round(Math.Log10(value), 6));

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2) =>
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"#dddddd\"/>\n");

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{text}</text>\n");
}
