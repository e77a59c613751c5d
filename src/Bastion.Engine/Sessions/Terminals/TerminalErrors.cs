namespace Bastion.Sessions.Terminals;

/// <summary>The process has no terminal for an interactive session.</summary>
/// <param name="what">What is not a terminal.</param>
public sealed class NoTerminalException(string what) : BastionException("NoTerminal", ErrorKind.InvalidInput, what,
    $"An interactive session needs a terminal, and {what} is none. Run one command with Invoke-BhCommand, or let Enter-BhSession type for you with -InputLine.");
