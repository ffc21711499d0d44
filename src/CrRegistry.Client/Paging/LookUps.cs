namespace CrRegistry.Client.Paging;

/// <summary>When single names are looked up, and when the list is read for them.</summary>
internal static class LookUps
{
    /// <summary>Above so many names one listing costs less than a look-up each.</summary>
    public const int Most = 20;
}
