namespace CrRegistry.Client.Decoding;

/// <summary>The position of a row in a list. Its text is created for errors only. The default is a reply that is the row itself.</summary>
/// <param name="row">The number of the row on the page, from 1.</param>
/// <param name="pageNo">The number of the page, from 1.</param>
internal readonly struct RowPlace(int row, int pageNo)
{
    public override string ToString() => row == 0 ? "it" : $"row {row} of page {pageNo}";
}
