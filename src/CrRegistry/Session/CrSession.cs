namespace CrRegistry.Session;

/// <summary>The context of the process. It is swapped whole, so a pipeline that has read it is not disturbed.</summary>
internal static class CrSession
{
    private static volatile CrContext? s_current;

    public static CrContext? Current
    {
        get => s_current;
        set => s_current = value;
    }

    /// <summary>
    /// The context, or where Connect-CrRegistry was not called one that knows nothing. That is made anew for each command,
    /// so that none goes on to use a credential that the environment no longer has.
    /// </summary>
    public static CrContext CurrentOrDefault => s_current ?? new CrContext();
}
