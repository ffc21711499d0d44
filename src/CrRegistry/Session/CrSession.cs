using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CrRegistry.Session;

/// <summary>
/// The contexts of the process. Each runspace has its own, from its first Connect-CrRegistry or Disconnect-CrRegistry on. A runspace that ran
/// neither uses the context of the first runspace that connected and is still open: mostly that of the prompt, as it is at that moment.
/// A context is immutable and replaced whole, so that a pipeline that has read it is not disturbed.
/// </summary>
internal static class CrSession
{
    private static readonly object s_lock = new();

    /// <summary>The runspaces that connected, in the order of their first connection.</summary>
    private static readonly List<WeakReference<Runspace>> s_connected = [];

    /// <summary>
    /// By the event manager of a runspace. PowerShell replaces it when it resets a runspace for reuse, as ForEach-Object -Parallel does after each item:
    /// like its variables, a context does not reach the next item. The keys are weak: a runspace that is gone leaves no secret behind.
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

    /// <summary>Makes a context the one of this runspace.</summary>
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

    /// <summary>Leaves this runspace without a context. It does not use that of another one: a script that disconnected must not go on as somebody else.</summary>
    public static void Disconnect()
    {
        lock (s_lock) s_own.GetOrCreateValue(Runspace.DefaultRunspace.Events).Context = null;
    }

    /// <summary>Forgets the context that this runspace connected with, as when the module is removed from it. One without its own goes on using that of another.</summary>
    public static void Forget()
    {
        lock (s_lock)
        {
            if (Own(Runspace.DefaultRunspace) is { } own) own.Context = null;
        }
    }

    /// <summary>Forgets all contexts, as when no runspace has the module any more.</summary>
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

    /// <summary>What a runspace has of its own; null if it ran neither cmdlet, was reset, or is not open.</summary>
    private static OwnContext? Own(Runspace? runspace) =>
        runspace is { RunspaceStateInfo.State: RunspaceState.Opened, Events: { } events } && s_own.TryGetValue(events, out var own) ? own : null;

    private sealed class OwnContext
    {
        public CrContext? Context { get; set; }
    }
}
