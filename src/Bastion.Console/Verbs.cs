using System.Management.Automation;
using System.Reflection;
using Bastion.Console.Host;
using Bastion.Console.Quickstart;

namespace Bastion.Console;

/// <summary>What <c>bastion</c> can be asked to do, by the first word.</summary>
internal static class Verbs
{
    /// <summary>Bad usage, after sysexits.h.</summary>
    internal const int Usage = 64;

    /// <summary>Verbs beyond scripts and the prompt. Add one by adding a line: name, help, what to run.</summary>
    private static readonly Dictionary<string, (string Help, Func<CommandLine, int> Run)> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["quickstart"] = ("the main job against a rehearsal cloud, with real hosts", QuickstartVerb.Run),
        ["help"] = ("show this text", _ => Say(HelpText())),
        ["version"] = ("show the version", _ => Say(VersionText())),
    };

    /// <summary>Runs the command line and gives the exit code.</summary>
    public static int Run(IReadOnlyList<string> args)
    {
        CommandLine line = CommandLine.Parse(args, Table.Keys);
        switch (line.Wish)
        {
            case Wish.Version: return Say(VersionText());
            case Wish.Help: return Say(HelpText());
            case Wish.Verb: return Table[line.Text].Run(line);
            case Wish.Bad:
                global::System.Console.Error.WriteLine($"bastion: {line.Text} 'bastion --help' lists what there is.");
                return Usage;
            case Wish.File when !File.Exists(line.Text):
                global::System.Console.Error.WriteLine($"bastion: There is no script file '{Printable.Line(line.Text)}'.");
                return Usage;
            case Wish.File when !line.Text.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase):
                global::System.Console.Error.WriteLine($"bastion: '{Printable.Line(line.Text)}' is not a .ps1 file.");
                return Usage;
            default: return Shell.Run(line);
        }
    }

    private static int Say(string text)
    {
        global::System.Console.Out.WriteLine(text);
        return 0;
    }

    private static string VersionText() => $"bastion {Version(typeof(Verbs).Assembly)}, PowerShell {Version(typeof(PSObject).Assembly)}";

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(' ', '+')[0] ?? "0";

    private static string HelpText() => $"""
        bastion: a PowerShell with the Bastion module loaded

          bastion                         the prompt
          bastion <file.ps1> [arguments]  run a script; arguments bind as in 'pwsh -File'
          bastion -c <commands>           run commands
          bastion -                       run commands from standard input
        {string.Join('\n', Table.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"  bastion {v.Key,-23} {v.Value.Help}"))}

        Options, before the file:
          -NoModule         do not load the Bastion module
          -NoExit           stay at the prompt afterwards
          -NonInteractive   never ask; a question becomes an error
          --version, --help

        Exit codes: what the script says with 'exit N'; 1 after a terminating error; 64 for bad usage.
        BASTION_MODULE names another Bastion.psd1 to load.
        """;
}
