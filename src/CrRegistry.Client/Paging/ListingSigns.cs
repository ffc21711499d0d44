namespace CrRegistry.Client.Paging;

/// <summary>What tells that a list changed while it was read, so that a row may have slipped through between two pages.</summary>
[Flags]
internal enum ListingSigns
{
    None = 0,

    /// <summary>TotalCount differs between replies, a row came twice (in the place of another), or fewer came than TotalCount says.</summary>
    Count = 1,

    /// <summary>The first or the last page is not what it was. It finds a push beside a deletion, which leave TotalCount as it was.</summary>
    Ends = 2,

    /// <summary>A second reading differs from the first. Needed where rows are in no order of time, so that changes show at no end.</summary>
    SecondPass = 4,

    All = Count | Ends | SecondPass,
}
