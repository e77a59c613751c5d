using System.Management.Automation;
using System.Security;

namespace Bastion.Console.Host;

/// <summary>Reads a secret: stars on a terminal, a plain line from a pipe.</summary>
internal static class SecretLine
{
    /// <summary>Until Enter; Ctrl-C stops the pipeline, Ctrl-U starts again.</summary>
    public static SecureString Read(Terminal terminal)
    {
        var secret = new SecureString();
        if (!terminal.ReadsKeys)
        {
            foreach (char c in terminal.In.ReadLine() ?? throw new EndOfStreamException("Standard input has ended.")) secret.AppendChar(c);
            return secret;
        }

        bool before = global::System.Console.TreatControlCAsInput;
        global::System.Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                ConsoleKeyInfo key = global::System.Console.ReadKey(intercept: true);
                if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n') break;
                if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
                {
                    terminal.Out.WriteLine();
                    throw new PipelineStoppedException();
                }

                if (key is { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control })
                {
                    Show(terminal, string.Concat(Enumerable.Repeat("\b \b", secret.Length)));
                    secret.Clear();
                }
                else if (key.Key == ConsoleKey.Backspace)
                {
                    if (secret.Length == 0) continue;
                    secret.RemoveAt(secret.Length - 1);
                    Show(terminal, "\b \b");
                }
                else if (!char.IsControl(key.KeyChar))
                {
                    secret.AppendChar(key.KeyChar);
                    Show(terminal, "*");
                }
            }
        }
        finally
        {
            global::System.Console.TreatControlCAsInput = before;
        }

        terminal.Out.WriteLine();
        secret.MakeReadOnly();
        return secret;
    }

    private static void Show(Terminal terminal, string text)
    {
        terminal.Out.Write(text);
        terminal.Out.Flush();
    }
}
