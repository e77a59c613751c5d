using System.Text.RegularExpressions;

namespace Bastion.Prompt;

/// <summary>Reads one line, which may have several rows: keys in, text out.</summary>
internal sealed partial class LineEditor
{
    private const string Bell = "\a";
    private const string AskPosition = "\e[6n";
    private readonly IScreen _screen;
    private readonly KeyReader _keys;
    private readonly History _history;
    private readonly ISyntax _syntax;
    private readonly Func<string> _prompt;
    private readonly EditBuffer _buffer = new();
    private readonly Painter _painter;
    private readonly Dictionary<string, Action> _acts;
    private CompletionMenu? _menu;
    private HistorySearch? _search;
    private string? _result;

    /// <param name="screen">Where to draw.</param>
    /// <param name="keys">Where keys come from.</param>
    /// <param name="history">Lines of before.</param>
    /// <param name="syntax">The language of the line.</param>
    /// <param name="prompt">Gives the prompt, for when the screen is cleared.</param>
    public LineEditor(IScreen screen, KeyReader keys, History history, ISyntax syntax, Func<string> prompt)
    {
        (_screen, _keys, _history, _syntax, _prompt) = (screen, keys, history, syntax, prompt);
        _painter = new Painter(screen);
        _acts = KeyMap.For(_buffer);
        _acts["Enter"] = Enter;
        _acts["Alt+Enter"] = () => _buffer.Insert("\n");
        _acts["Up"] = _acts["Ctrl+P"] = Up;
        _acts["Down"] = _acts["Ctrl+N"] = Down;
        _acts["Ctrl+R"] = () => _search = new HistorySearch(_history, _buffer.Text);
        _acts["Tab"] = () => Complete(isMenuWanted: false);
        _acts["Ctrl+Space"] = _acts["Shift+Tab"] = () => Complete(isMenuWanted: true);
        _acts["Ctrl+L"] = Clear;
        _acts["Ctrl+D"] = DeleteOrEnd;
        _acts["Ctrl+C"] = Cancel;
        if (OperatingSystem.IsWindows()) _acts["Escape"] = () => _buffer.Set(""); // elsewhere Alt+D over a slow line may look like it
        _acts[Stroke.Resize] = Woken;
        _acts[Stroke.Gone] = () => (_result, IsGone) = ("", true);
    }

    /// <summary>Writes the prompt and tells the column behind it; <see langword="null"/>: it is there already, and the terminal is asked for the column.</summary>
    public Func<int>? Begin { get; init; }

    /// <summary>Gives text that came meanwhile and is to stand above the line; null for none. Asked whenever <see cref="KeyReader.Resized"/> wakes the reader.</summary>
    public Func<string?>? News { get; init; }

    /// <summary>Whether the last key of all was read.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Reads until Enter. Empty after Ctrl-C and when no more keys come, <c>exit</c> after Ctrl-D on an empty line.</summary>
    public string Read()
    {
        _painter.Begin(Begin?.Invoke() ?? StartColumn());
        while (_result is null)
        {
            if (!_keys.HasMore) Draw();
            Do(_keys.Next());
        }

        _history.Add(_result);
        return _result;
    }

    // Asked here and not of .NET, which takes what is typed meanwhile for a part of the answer
    private int StartColumn()
    {
        _screen.Write(AskPosition);
        if (_keys.Column() is { } column && column < _screen.Width) return column;
        return Reprompt("\r");
    }

    private void Do(Stroke stroke)
    {
        if (stroke.Chord is not (Stroke.Resize or Stroke.Gone) && (IsOfMenu(stroke) || IsOfSearch(stroke))) return;
        if (stroke.Chord is null) _buffer.Insert(stroke.Text);
        else if (_acts.TryGetValue(stroke.Chord, out Action? act)) act();
    }

    private bool IsOfMenu(Stroke stroke)
    {
        if (_menu is null) return false;
        if (_menu.Obeys(stroke.Chord))
        {
            _buffer.Undo();
            Put(_menu.Completions, _menu.Chosen);
            return true;
        }

        _menu = null;
        if (stroke.Chord is "Escape" or "Ctrl+G") _buffer.Undo();
        return stroke.Chord is "Enter" or "Escape" or "Ctrl+G";
    }

    private bool IsOfSearch(Stroke stroke)
    {
        if (_search is not { } search) return false;
        if (search.Obeys(stroke))
        {
            _buffer.Set(search.Line);
            return true;
        }

        _search = null;
        if (stroke.Chord is "Ctrl+G" or "Ctrl+C") _buffer.Set(search.Draft);
        return stroke.Chord is "Ctrl+G" or "Ctrl+C" or "Escape";
    }

    private void Draw()
    {
        IReadOnlyList<string> below = _menu is not null ? _menu.Rows(_screen.Width, _screen.Height - 1)
            : _search is not null ? [CellWidth.Cut(_search.Status, _screen.Width - 1)]
            : [];
        _painter.Draw(_buffer.Text, _buffer.Cursor, _syntax.Styles(_buffer.Text), below);
    }

    private void Woken()
    {
        _painter.Resized(_buffer.Text, _buffer.Cursor);
        if (News?.Invoke() is not { } news) return;
        _screen.Write(_painter.Erased + news);
        _painter.Begin(Begin?.Invoke() ?? Reprompt("\r"));
    }

    private void Enter()
    {
        if (_syntax.IsUnfinished(_buffer.Text)) _buffer.Insert("\n");
        else Leave(_buffer.Text, "");
    }

    private void Cancel() => Leave("", "^C");

    private void DeleteOrEnd()
    {
        if (_buffer.Text.Length > 0) _buffer.DeleteRight();
        else Leave("exit", "");
    }

    private void Leave(string result, string mark)
    {
        _buffer.Move(_buffer.Text.Length);
        Draw();
        _screen.Write($"{mark}\r\n");
        _result = result;
    }

    private void Up()
    {
        if (_buffer.Up()) return;
        if (_history.Older(_buffer.Text) is { } line) _buffer.Set(line);
    }

    private void Down()
    {
        if (_buffer.Down()) return;
        if (_history.Newer() is { } line) _buffer.Set(line);
    }

    private void Clear() => _painter.Begin(Reprompt("\e[H\e[2J"));

    private int Reprompt(string before)
    {
        string prompt = _prompt();
        _screen.Write(before + prompt);
        return CellWidth.Of(Ansi().Replace(prompt[(prompt.LastIndexOf('\n') + 1)..], "")) % _screen.Width;
    }

    [GeneratedRegex(@"\e\[[ -?]*[@-~]", RegexOptions.NonBacktracking)]
    private static partial Regex Ansi();

    private void Complete(bool isMenuWanted)
    {
        Completions? found = _syntax.Complete(_buffer.Text, _buffer.Cursor);
        if (found is null || found.Choices.Count == 0)
        {
            _screen.Write(Bell);
            return;
        }

        if (found.Choices.Count > 1)
        {
            string there = _buffer.Text.Substring(found.Start, found.Length);
            if (!isMenuWanted && found.CommonBeginning(there) is { } beginning)
            {
                _buffer.Replace(found.Start, found.Length, beginning);
                return;
            }

            _menu = new CompletionMenu(found);
        }

        Put(found, found.Choices[0]);
    }

    private void Put(Completions completions, Completion choice) => _buffer.Replace(completions.Start, completions.Length, choice.Text);
}
