using System.Globalization;
using System.Text;

namespace CrRegistry.Benchmarks.Serving;

/// <summary>The body of a page. The newest tags are first. The time between two tags is an hour or less.</summary>
internal static class PageBody
{
    private const int Digits = 8;
    private const long Newest = 1_750_000_000_000;

    /// <summary>The row of tag 0. All numbers have the same length, so that they can be overwritten.</summary>
    private static readonly byte[] s_row = Encoding.UTF8.GetBytes(
        $$"""{"Tag":"v00000000","Digest":"00000000{{new string('b', 56)}}","ImageId":"00000000{{new string('c', 56)}}","""
        + """
          "Status":"NORMAL","ImageSize":20000000,"ImageCreate":"1750000000000","ImageUpdate":"1750000000000"}
          """);

    private static readonly int[] s_numbers = PlacesOf("00000000", "\"Tag\":\"v", "\"Digest\":\"", "\"ImageId\":\"");
    private static readonly int[] s_times = PlacesOf("1750000000000", "\"ImageCreate\":\"", "\"ImageUpdate\":\"");

    public static string Of(int pageNo, int pageSize, int total, int first, int count)
    {
        var body = Build(pageNo, pageSize, total, first, count);
        return Encoding.UTF8.GetString(body);
    }

    public static async Task WriteAsync(HttpResponse response, int pageNo, int pageSize, int total, int first, int count)
    {
        var body = Build(pageNo, pageSize, total, first, count);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }

    /// <summary>Writes the reply of GetRepoTag.</summary>
    public static async Task WriteTagAsync(HttpResponse response, int total, int number)
    {
        const string head = """{"RequestId":"00000000-0000-0000-0000-000000000000","Code":"success","IsSuccess":true,""";
        var body = new byte[head.Length + s_row.Length - 1];
        var row = body.AsSpan(head.Length - 1);
        Encoding.UTF8.GetBytes(head, body);
        WriteRow(row, total, number);
        // The fields of the row follow those of the envelope.
        row[0] = (byte)',';
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }

    private static byte[] Build(int pageNo, int pageSize, int total, int first, int count)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"RequestId":"00000000-0000-0000-0000-000000000000","Code":"success","IsSuccess":true,"PageNo":{{pageNo}},"PageSize":{{pageSize}},"TotalCount":"{{total}}","Images":["""));
        var body = new byte[head.Length + (count * (s_row.Length + 1)) + (count == 0 ? 2 : 1)];
        head.CopyTo(body, 0);
        var place = head.Length;
        for (var number = first; number < first + count; number++)
        {
            WriteRow(body.AsSpan(place, s_row.Length), total, number);
            place += s_row.Length;
            body[place++] = (byte)',';
        }

        if (count > 0) place--;
        body[place++] = (byte)']';
        body[place] = (byte)'}';
        return body;
    }

    private static void WriteRow(Span<byte> row, int total, int number)
    {
        var apart = Math.Min(3_600_000, Newest / 2 / Math.Max(1, total));
        s_row.CopyTo(row);
        foreach (var at in s_numbers) number.TryFormat(row.Slice(at, Digits), out _, "D8", CultureInfo.InvariantCulture);
        foreach (var at in s_times) (Newest - (number * apart)).TryFormat(row.Slice(at, 13), out _, "D13", CultureInfo.InvariantCulture);
    }

    private static int[] PlacesOf(string value, params string[] names) =>
        [.. names.Select(name => Encoding.UTF8.GetString(s_row).IndexOf(name + value, StringComparison.Ordinal) + name.Length)];
}
