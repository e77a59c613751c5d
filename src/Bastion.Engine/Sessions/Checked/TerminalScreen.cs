using System.Text;
using Bastion.Audit.Recording;
using Bastion.Prompt;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>Draws for the line editor, and records what it draws: the recording has the commands as they were typed.</summary>
internal sealed class TerminalScreen(ITerminal terminal, ISessionRecorder recorder) : IScreen
{
    public int Width => Math.Max(2, terminal.Columns);

    public int Height => Math.Max(1, terminal.Rows);

    public void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        recorder.Output(bytes);
        terminal.Write(bytes);
    }
}
