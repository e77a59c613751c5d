using Bastion.Prompt;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>Lines that a person types at a terminal, with the bastion's own editor: nothing of a line is known to the asset before it is entered.</summary>
internal sealed class EditedLines : ILineReader
{
    private readonly TerminalScreen _screen;
    private readonly ShellOutput _output;
    private readonly ShellSyntax _syntax;
    private readonly History _history;
    private readonly KeyReader _keys;

    internal EditedLines(ITerminal terminal, TerminalScreen screen, ShellPrompt prompt, ShellOutput output, ShellSyntax syntax, History history, CancellationToken over)
    {
        (_screen, Prompt, _output, _syntax, _history) = (screen, prompt, output, syntax, history);
        var keys = new TerminalKeys(terminal, over);
        _keys = new KeyReader(keys.Next, () => keys.HasMore);
        _keys.Start();
        output.OnNews = Wake;
    }

    public bool IsInteractive => true;

    public ShellPrompt Prompt { get; }

    /// <summary>Draws the line anew: the terminal has another size.</summary>
    internal void Wake() => _keys.Resized();

    public string? Read()
    {
        var editor = new LineEditor(_screen, _keys, _history, _syntax, () => Prompt.Text) { Begin = Begin, News = _output.TakeNews };
        if (_output.TakeNews() is { } news) _screen.Write(news);
        _screen.Write(PastedText.Wanted);
        string line = editor.Read();
        _screen.Write(PastedText.NotWanted);
        return editor.IsGone ? null : line;
    }

    public void Show(string line)
    {
        Begin();
        _screen.Write(line.Replace("\n", $"\r\n{Layout.Continuation}", StringComparison.Ordinal) + "\r\n");
    }

    public void Dispose()
    {
        _output.OnNews = static () => { };
        _keys.Dispose();
    }

    private int Begin()
    {
        int width = _screen.Width;
        _screen.Write(ShellPrompt.FreshRow(width) + Prompt.Text);
        return Prompt.Cells(width);
    }
}
