namespace CrRegistry.Session;

/// <summary>The context of the process. It is swapped whole, so a pipeline that has read it is not disturbed.</summary>
internal static class CrSession
{
    private static volatile CrContext? s_current;

    /// <summary>What holds without a connection: the environment's credential, and nothing else.</summary>
    private static readonly CrContext s_default = new();

    public static CrContext? Current
    {
        get => s_current;
        set => s_current = value;
    }

    public static CrContext CurrentOrDefault => s_current ?? s_default;
}
