using System.Text;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>The bytes of a terminal as keys, for the line editor. What it did not take stays for the next line.</summary>
internal sealed class TerminalKeys(ITerminal terminal, CancellationToken stop)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[4096];
    private readonly char[] _characters = new char[4096 + 1];
    private int _at;
    private int _count;

    /// <summary>Whether keys were read already.</summary>
    internal bool HasMore => Volatile.Read(ref _at) < Volatile.Read(ref _count);

    /// <summary>Waits for the next key.</summary>
    /// <exception cref="IOException">There are no more.</exception>
    internal ConsoleKeyInfo Next()
    {
        while (!HasMore)
        {
            int read = terminal.Read(_bytes, stop);
            if (read == 0) throw new IOException("No more keys come.");
            Volatile.Write(ref _count, _decoder.GetChars(_bytes, 0, read, _characters, 0, flush: false));
            Volatile.Write(ref _at, 0);
        }

        char c = _characters[_at];
        Volatile.Write(ref _at, _at + 1);
        return Key(c);
    }

    private static ConsoleKeyInfo Key(char c) => c switch
    {
        '\r' => new ConsoleKeyInfo(c, ConsoleKey.Enter, shift: false, alt: false, control: false),
        '\e' or '\t' or '\b' or '\u007f' => new ConsoleKeyInfo(c, ConsoleKey.None, shift: false, alt: false, control: false),
        '\0' => new ConsoleKeyInfo(c, ConsoleKey.Spacebar, shift: false, alt: false, control: true),
        < ' ' => new ConsoleKeyInfo(c, ConsoleKey.None, shift: false, alt: false, control: true),
        _ => new ConsoleKeyInfo(c, ConsoleKey.None, shift: false, alt: false, control: false),
    };
}
