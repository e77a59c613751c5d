using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Bastion.Console.Host;
using Bastion.Console.Prompt;

namespace Bastion.Console;

/// <summary>Runs what the command line wishes in a session.</summary>
internal static class Shell
{
    /// <summary>Runs and gives the exit code.</summary>
    public static int Run(CommandLine line)
    {
        Terminal terminal = Terminal.System;
        bool interactive = !line.NonInteractive && terminal.ReadsKeys;
        using ShellSession session = ShellSession.Open(terminal, interactive);
        using var stop = new StopOnCtrlC(session);
        if (!line.NoModule && !LoadModule(session)) return 1;
        int code = line.Wish switch
        {
            Wish.File => RunFile(session, line),
            Wish.Command => RunText(session, line.Text),
            Wish.StandardInput => RunText(session, terminal.In.ReadToEnd()),
            _ when !terminal.ReadsKeys => RunText(session, terminal.In.ReadToEnd()),
            _ => Repl.Run(session, terminal),
        };
        return line.NoExit && session.Host.ExitCode is null && interactive ? Repl.Run(session, terminal) : code;
    }

    /// <summary>Imports the module when it is there. False when it is there and broken.</summary>
    private static bool LoadModule(ShellSession session)
    {
        if (ModuleLocator.Find() is not { } manifest) return true;
        try
        {
            session.Collect(shell => shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("Global").AddParameter("ErrorAction", ActionPreference.Stop));
            return true;
        }
        catch (RuntimeException e)
        {
            session.Report(e.ErrorRecord);
            return false;
        }
    }

    private static int RunFile(ShellSession session, CommandLine line)
    {
        var script = new Command(Path.GetFullPath(line.Text), isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in CommandLine.ScriptParameters(line.Arguments ?? [])) script.Parameters.Add(parameter);
        EngineInternals.LetExitThrough(session.Runspace);
        session.Show(script);
        return session.Host.ExitCode ?? (session.Broke ? 1 : 0);
    }

    private static int RunText(ShellSession session, string text)
    {
        // As 'pwsh -Command' does: 1 when the last command failed. $? is only true to it inside the script itself.
        Parser.ParseInput(text, out _, out ParseError[] errors);
        string script = errors.Length > 0 ? text : $"{text}\n\nif (-not $?) {{ exit 1 }}";
        session.Show(new Command(script, isScript: true, useLocalScope: false));
        return session.Host.ExitCode ?? (session.Broke ? 1 : 0);
    }
}
