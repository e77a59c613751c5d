using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Bastion.Console.Utility;

namespace Bastion.Console.Host;

/// <summary>A runspace as <c>bastion</c> gives it: the engine, the stand-ins for what the engine lacks, our error view, the module path.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Lock _gate = new();
    private Pipeline? _running;

    private ShellSession(BastionHost host, Runspace runspace)
    {
        Host = host;
        Runspace = runspace;
    }

    /// <summary>The host of the runspace.</summary>
    public BastionHost Host { get; }

    /// <summary>The open runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>The last pipeline was ended by an error or a stop.</summary>
    public bool Broke { get; private set; }

    /// <summary>Opens a session.</summary>
    /// <param name="terminal">Where it reads and shows.</param>
    /// <param name="interactive">Whether questions can be asked.</param>
    /// <param name="more">More for the initial state, such as the spec runner's commands.</param>
    public static ShellSession Open(Terminal terminal, bool interactive, Action<InitialSessionState>? more = null)
    {
        TerminalMode.Remember();
        ModuleLocator.PutOnModulePath();
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        StandIns.AddTo(state);
        ErrorView.AddTo(state);
        more?.Invoke(state);
        var host = new BastionHost(terminal, interactive);
        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Name = "bastion";
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return new ShellSession(host, runspace);
    }

    /// <summary>Runs commands with their output shown by the formatter, errors included.</summary>
    /// <param name="command">Commands as text, or a script with its parameters.</param>
    /// <param name="remember">The line goes to the session's history.</param>
    public void Show(Command command, bool remember = false)
    {
        using Pipeline pipeline = remember ? Runspace.CreatePipeline(command.CommandText, addToHistory: true) : Runspace.CreatePipeline();
        if (!remember) pipeline.Commands.Add(command);
        pipeline.Commands.Add(new Command("Out-Default")
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
        });
        Run(pipeline);
    }

    /// <summary>Runs commands and gives what they put out; errors become exceptions.</summary>
    public IReadOnlyList<PSObject> Collect(Action<System.Management.Automation.PowerShell> commands)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Runspace);
        commands(shell);
        return [.. shell.Invoke()];
    }

    /// <summary>Stops what is running, without waiting for it to end. True when something was running.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            if (_running is null) return false;
            _running.StopAsync();
            return true;
        }
    }

    /// <summary>Shows an error as the formatter would.</summary>
    public void Report(ErrorRecord error) => Host.UI.WriteErrorLine(ErrorView.Text(error));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ReferenceEquals(Runspace.DefaultRunspace, Runspace)) Runspace.DefaultRunspace = null;
        Runspace.Dispose();
    }

    private void Run(Pipeline pipeline)
    {
        lock (_gate) _running = pipeline;
        Broke = true;
        try
        {
            pipeline.Invoke();
            Broke = false;
        }
        catch (PipelineStoppedException)
        {
            // Ctrl-C
        }
        catch (RuntimeException e)
        {
            Report(e.ErrorRecord);
        }
        finally
        {
            lock (_gate) _running = null;
            Host.Screen.Progress.Clear();
        }
    }
}
