using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Bastion.Console.Host;
using Microsoft.PowerShell;

namespace Bastion.Console;

/// <summary>Runs what the command line wishes in PowerShell's own console host, so that all is as in <c>pwsh</c>.</summary>
internal static class Shell
{
    /// <summary>Runs and gives the exit code.</summary>
    public static int Run(CommandLine line)
    {
        bool isTyped = line.Wish == Wish.Prompt && !global::System.Console.IsInputRedirected;
        if (global::System.Console.IsOutputRedirected || global::System.Console.IsErrorRedirected) PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        using var endSignals = new EndSignals();
        ModuleLocator.PutOnModulePath();
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        if (!line.NoModule && ModuleLocator.Find() is not null) state.ImportPSModule(Beside("BastionModule.psm1"));
        if (isTyped || line.NoExit) state.ImportPSModule(Beside("BastionPrompt.psm1"));
        return ConsoleShell.Start(state, bannerText: "", helpText: "", [.. Arguments(line, isTyped)]);
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    /// <summary>The same wish in the words of <c>pwsh</c>.</summary>
    /// <param name="line">What is wished.</param>
    /// <param name="isTyped">Somebody types at the prompt.</param>
    internal static IEnumerable<string> Arguments(CommandLine line, bool isTyped)
    {
        yield return "-NoLogo";
        yield return "-NoProfile";
        if (line.NoExit) yield return "-NoExit";
        if (line.NonInteractive) yield return "-NonInteractive";
        switch (line.Wish)
        {
            case Wish.File:
                yield return "-File";
                yield return Path.GetFullPath(line.Text);
                foreach (string argument in line.Arguments ?? []) yield return argument;
                break;
            case Wish.Command:
                yield return "-Command";
                yield return line.Text;
                break;
            case Wish.StandardInput or Wish.Prompt when !isTyped:
                // Not '-Command -', which puts the terminal's control sequences between the output
                yield return "-Command";
                yield return global::System.Console.In.ReadToEnd();
                break;
        }
    }
}
