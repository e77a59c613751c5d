using System.Management.Automation.Runspaces;
using Bastion.Console.Host;

namespace Bastion.Console.Prompt;

/// <summary>Read, run, show, again.</summary>
internal static class Repl
{
    /// <summary>Until <c>exit</c> or Ctrl-D.</summary>
    public static int Run(ShellSession session, Terminal terminal)
    {
        while (session.Host.ExitCode is null)
        {
            terminal.Out.Write("PS> ");
            terminal.Out.Flush();
            if (terminal.In.ReadLine() is not { } line) break;
            session.Show(new Command(line, isScript: true, useLocalScope: false), remember: true);
        }

        return session.Host.ExitCode ?? 0;
    }
}
