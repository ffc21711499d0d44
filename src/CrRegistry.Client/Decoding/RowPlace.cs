namespace CrRegistry.Client.Decoding;

/// <summary>Where in a list a row came, in words that are made only for an error. The default is a reply that is the row itself.</summary>
/// <param name="row">Its number on the page, from 1.</param>
/// <param name="pageNo">The number of the page, from 1.</param>
internal readonly struct RowPlace(int row, int pageNo)
{
    public override string ToString() => row == 0 ? "it" : $"row {row} of page {pageNo}";
}
