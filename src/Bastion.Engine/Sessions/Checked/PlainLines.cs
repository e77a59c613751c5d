using System.Text;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>Lines that nobody types: from a script.</summary>
internal sealed class PlainLines(ITerminal terminal, TerminalScreen screen, ShellPrompt prompt, ShellSyntax syntax, CancellationToken over) : ILineReader
{
    private const byte EndOfInput = 4;
    private readonly Queue<byte> _read = new();
    private readonly byte[] _buffer = new byte[1024];

    public bool IsInteractive => false;

    public ShellPrompt Prompt => prompt;

    public string? Read()
    {
        screen.Write(prompt.Text);
        string entered = "";
        while (true)
        {
            if (Line() is not { } line)
            {
                screen.Write("\r\n");
                return null;
            }

            screen.Write($"{line}\r\n");
            entered += line;
            if (!syntax.IsUnfinished(entered)) return entered;
            entered += '\n';
            screen.Write("> ");
        }
    }

    public void Show(string line) => screen.Write($"{prompt.Text}{line}\r\n");

    public void Dispose()
    {
    }

    private string? Line()
    {
        var bytes = new List<byte>();
        while (true)
        {
            while (_read.TryDequeue(out byte next))
            {
                if (next is (byte)'\r' or (byte)'\n') return Encoding.UTF8.GetString([.. bytes]);
                if (next == EndOfInput && bytes.Count == 0) return null;
                bytes.Add(next);
            }

            int count = terminal.Read(_buffer, over);
            if (count == 0) return bytes.Count == 0 ? null : Encoding.UTF8.GetString([.. bytes]);
            foreach (byte one in _buffer.AsSpan(0, count)) _read.Enqueue(one);
        }
    }
}
