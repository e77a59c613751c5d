using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Bastion.Store;

namespace Bastion.PowerShell;

/// <summary>Which store a runspace uses, opened at first use. Two runspaces of one process can use two stores.</summary>
internal sealed class StoreSession
{
    // The module's only state. It belongs to the runspace and goes with it.
    private static readonly ConditionalWeakTable<Runspace, StoreSession> Sessions = [];

    private readonly object _gate = new();
    private Engine? _engine;
    private Engine? _seen; // by the caller, as long as it is the same store
    private StoreLocation? _chosen;
    private Caller? _caller;

    /// <summary>The session of a runspace.</summary>
    internal static StoreSession Of(Runspace runspace) => Sessions.GetValue(runspace, _ => new StoreSession());

    /// <summary>Lets go of all stores; for the module's removal.</summary>
    internal static void CloseAll()
    {
        foreach ((_, StoreSession session) in Sessions) session.Use(null, null);
        Sessions.Clear();
    }

    /// <summary>The store of the runspace, as its caller sees it: the one connected, else BASTION_STORE, else the default of the operating system.</summary>
    internal Engine Open()
    {
        lock (_gate)
        {
            StoreLocation location = _chosen ?? StoreLocation.Find(null);
            if (_engine?.Location != location)
            {
                // BASTION_STORE may have changed since.
                _engine?.Dispose();
                _engine = _seen = null;
                _engine = Engine.Open(location);
            }

            return _caller is null ? _engine : _seen ??= _engine.For(_caller);
        }
    }

    /// <summary>Who uses the store: the user that signed in or with whose rights it is used, else whoever sits at the prompt.</summary>
    internal Caller Caller
    {
        get
        {
            lock (_gate) return _caller ?? Callers.Current();
        }
    }

    /// <summary>Uses an open store from now on.</summary>
    /// <param name="chosen">Where it is; <see langword="null"/>: wherever BASTION_STORE says.</param>
    /// <param name="engine">The store.</param>
    /// <param name="caller">Who uses it; <see langword="null"/>: whoever sits at the prompt, with all rights.</param>
    internal void Use(StoreLocation? chosen, Engine? engine, Caller? caller = null)
    {
        lock (_gate)
        {
            _engine?.Dispose();
            (_engine, _seen, _chosen, _caller) = (engine, null, chosen, caller);
        }
    }
}
