namespace Bastion.Policies.Commands;

/// <summary>What was found in a text: its commands, and what in it can't be known.</summary>
internal sealed class Findings
{
    internal const int MostCharacters = 16 << 10;
    private const int MostCommands = 500;
    private const int Deepest = 40;
    private int _depth;

    internal List<SimpleCommand> Commands { get; } = [];

    internal List<string> Opaque { get; } = [];

    /// <summary>Whether something in it means another thing to a plain sh than to bash.</summary>
    internal bool NeedsBash { get; set; }

    /// <summary>Whether arithmetic uses variables: bash evaluates their values, commands in them too.</summary>
    internal bool ArithmeticNames { get; set; }

    /// <summary>Whether a variable gets a value that is not known, or not plain.</summary>
    internal bool UnknownValues { get; set; }

    internal void Add(SimpleCommand command)
    {
        if (Commands.Count >= MostCommands) throw new ShellSyntaxException($"there are more than {MostCommands} commands in it");
        Commands.Add(command);
    }

    internal void Hide(string why)
    {
        if (Opaque.Count < 20 && !Opaque.Contains(why)) Opaque.Add(why);
    }

    internal void Enter()
    {
        if (++_depth > Deepest) throw new ShellSyntaxException("it is nested too deeply");
    }

    internal void Leave() => _depth--;
}
