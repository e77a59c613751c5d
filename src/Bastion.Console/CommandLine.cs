namespace Bastion.Console;

/// <summary>What the command line asks for.</summary>
internal enum Wish
{
    /// <summary>The interactive prompt.</summary>
    Prompt,

    /// <summary>A script file with arguments.</summary>
    File,

    /// <summary>Commands given as text.</summary>
    Command,

    /// <summary>Commands read from standard input.</summary>
    StandardInput,

    /// <summary>The version, then leave.</summary>
    Version,

    /// <summary>The usage text, then leave.</summary>
    Help,

    /// <summary>A verb of its own, such as <c>quickstart</c>.</summary>
    Verb,

    /// <summary>Not understood; <see cref="CommandLine.Text"/> says why.</summary>
    Bad,
}

/// <summary>The parsed command line of <c>bastion</c>.</summary>
/// <param name="Wish">What is asked for.</param>
/// <param name="Text">File path, commands, verb name, or what is wrong.</param>
/// <param name="Arguments">What follows the file or the verb, untouched.</param>
internal sealed record CommandLine(Wish Wish, string Text = "", IReadOnlyList<string>? Arguments = null)
{
    /// <summary>Do not load the Bastion module.</summary>
    public bool NoModule { get; init; }

    /// <summary>Stay at the prompt after the file or commands.</summary>
    public bool NoExit { get; init; }

    /// <summary>Never ask: prompts become errors.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Reads the arguments; options go before the file, all after it belongs to the script.</summary>
    public static CommandLine Parse(IReadOnlyList<string> args, IReadOnlyCollection<string> verbs)
    {
        var options = new CommandLine(Wish.Prompt);
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            switch (arg.StartsWith("--", StringComparison.Ordinal) ? arg[1..].ToLowerInvariant() : arg.ToLowerInvariant())
            {
                case "-nomodule": options = options with { NoModule = true }; break;
                case "-noexit": options = options with { NoExit = true }; break;
                case "-noninteractive": options = options with { NonInteractive = true }; break;
                case "-noprofile" or "-nologo" or "-nop": break;
                case "-version" or "-v": return options with { Wish = Wish.Version };
                case "-help" or "-h" or "-?": return options with { Wish = Wish.Help };
                case "-command" or "-c":
                    return i + 1 < args.Count
                        ? options with { Wish = Wish.Command, Text = string.Join(' ', args.Skip(i + 1)) }
                        : Wrong($"'{arg}' needs the commands to run.");
                case "-file" or "-f":
                    return i + 1 < args.Count ? File(args, i + 1) : Wrong($"'{arg}' needs a script file.");
                case "-": return options with { Wish = Wish.StandardInput };
                default:
                    if (arg.StartsWith('-')) return Wrong($"There is no option '{arg}'.");
                    return verbs.Contains(arg)
                        ? options with { Wish = Wish.Verb, Text = arg, Arguments = [.. args.Skip(i + 1)] }
                        : File(args, i);
            }
        }

        return options;

        CommandLine File(IReadOnlyList<string> all, int at) =>
            options with { Wish = Wish.File, Text = all[at], Arguments = [.. all.Skip(at + 1)] };

        CommandLine Wrong(string why) => options with { Wish = Wish.Bad, Text = why };
    }
}
