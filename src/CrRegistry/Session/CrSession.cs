using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CrRegistry.Session;

/// <summary>
/// The contexts of the process. Each runspace has its own context from its first Connect-CrRegistry or Disconnect-CrRegistry on. A runspace that ran
/// neither uses the current context of the first runspace that connected and is still open, which is mostly the runspace of the prompt.
/// A context is immutable and replaced as a whole, so that a running pipeline is not affected.
/// </summary>
internal static class CrSession
{
    private static readonly object s_lock = new();

    /// <summary>The runspaces that connected, in the order of their first connection.</summary>
    private static readonly List<WeakReference<Runspace>> s_connected = [];

    /// <summary>
    /// The contexts by the event manager of a runspace. PowerShell replaces the event manager when it resets a runspace for reuse, as ForEach-Object -Parallel does after each item.
    /// Like variables, a context is then not available for the next item. The keys are weak, so that the secrets of a closed runspace are released.
    /// </summary>
    private static ConditionalWeakTable<PSEventManager, OwnContext> s_own = new();

    /// <summary>The context of this runspace; null if there is no connection.</summary>
    public static CrContext? Current
    {
        get
        {
            lock (s_lock) return (Own(Runspace.DefaultRunspace) ?? FirstConnected())?.Context;
        }
    }

    /// <summary>Sets the context of this runspace.</summary>
    public static void Connect(CrContext context)
    {
        var runspace = Runspace.DefaultRunspace;
        lock (s_lock)
        {
            s_own.GetOrCreateValue(runspace.Events).Context = context;
            s_connected.RemoveAll(known => !known.TryGetTarget(out var other) || Own(other) is null);
            if (!s_connected.Exists(known => known.TryGetTarget(out var other) && other == runspace)) s_connected.Add(new WeakReference<Runspace>(runspace));
        }
    }

    /// <summary>Removes the context of this runspace. It does not use that of another runspace, because a disconnected script must not continue with another identity.</summary>
    public static void Disconnect()
    {
        lock (s_lock) s_own.GetOrCreateValue(Runspace.DefaultRunspace.Events).Context = null;
    }

    /// <summary>Drops the context with which this runspace connected, for example when the module is removed. A runspace without its own context still uses that of another.</summary>
    public static void Forget()
    {
        lock (s_lock)
        {
            if (Own(Runspace.DefaultRunspace) is { } own) own.Context = null;
        }
    }

    /// <summary>Drops all contexts, for example when no runspace has the module any longer.</summary>
    public static void ForgetAll()
    {
        lock (s_lock)
        {
            s_own = new();
            s_connected.Clear();
        }
    }

    private static OwnContext? FirstConnected() =>
        s_connected.Select(known => known.TryGetTarget(out var runspace) ? Own(runspace) : null).FirstOrDefault(own => own is not null);

    /// <summary>Returns a runspace's own context; null if it ran neither cmdlet, was reset, or is not open.</summary>
    private static OwnContext? Own(Runspace? runspace) =>
        runspace is { RunspaceStateInfo.State: RunspaceState.Opened, Events: { } events } && s_own.TryGetValue(events, out var own) ? own : null;

    private sealed class OwnContext
    {
        public CrContext? Context { get; set; }
    }
}
