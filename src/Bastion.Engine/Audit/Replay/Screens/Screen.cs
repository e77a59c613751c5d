using System.Runtime.InteropServices;
using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>Where the next character goes, and how.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct Cursor(int Row, int Column, Style Style, bool Origin, bool WrapsNext);

/// <summary>
/// A terminal's screen as a xterm would show it: enough of it to tell what was shown, and to draw it again. Writes nothing, answers nothing.
/// </summary>
internal sealed partial class Screen : IVtSink
{
    // What hostile output may make this process keep
    private const int MostColumns = 1000;
    private const int MostRows = 500;

    private readonly IRowReader? _reader;
    private readonly bool _lineFeedReturns;
    private readonly CharacterSets _sets = new();
    private ScreenGrid _primary;
    private ScreenGrid? _alternate;
    private Cursor _cursor = new(0, 0, Style.Plain, false, false);
    private Cursor _saved = new(0, 0, Style.Plain, false, false);
    private Cursor _primaryCursor;
    private Cursor _primarySaved;
    private SortedSet<int> _tabs = [];
    private int _top;
    private int _bottom;
    private bool _wraps = true;
    private bool _inserts;
    private Rune _last = new(' ');

    /// <summary>A blank screen.</summary>
    /// <param name="columns">Width.</param>
    /// <param name="rows">Height.</param>
    /// <param name="lineFeedReturns">There is no terminal on the other side: a line feed begins a new line.</param>
    /// <param name="reader">Is told what goes away.</param>
    internal Screen(int columns, int rows, bool lineFeedReturns = false, IRowReader? reader = null)
    {
        (_lineFeedReturns, _reader) = (lineFeedReturns, reader);
        _primary = new ScreenGrid(Math.Clamp(columns, 2, MostColumns), Math.Clamp(rows, 1, MostRows), reader);
        _bottom = Grid.Rows - 1;
        ResetTabs();
    }

    /// <summary>The rows that show.</summary>
    internal ScreenGrid Grid => _alternate ?? _primary;

    internal Cursor Cursor => _cursor;

    internal bool ShowsCursor { get; private set; } = true;

    /// <summary>The screen of a full-screen program shows.</summary>
    internal bool IsAlternate => _alternate is not null;

    /// <summary>Rows that scroll: first and last.</summary>
    internal (int Top, int Bottom) Region => (_top, _bottom);

    /// <summary>Gives it another size.</summary>
    internal void Resize(int columns, int rows)
    {
        columns = Math.Clamp(columns, 2, MostColumns);
        rows = Math.Clamp(rows, 1, MostRows);
        int above = Grid.Resize(columns, rows, _cursor.Row);
        if (_alternate is not null) _primaryCursor.Row -= _primary.Resize(columns, rows, _primaryCursor.Row);
        _cursor.Row -= above;
        (_top, _bottom) = (0, rows - 1);
        ResetTabs();
        MoveTo(_cursor.Row, _cursor.Column);
        _saved = Inside(_saved);
        _primaryCursor = Inside(_primaryCursor);
        _primarySaved = Inside(_primarySaved);
    }

    /// <summary>Tells all that still shows.</summary>
    internal void TellRest()
    {
        Grid.TellAll();
        if (_alternate is not null) _primary.TellAll();
    }

    /// <inheritdoc/>
    public void Print(Rune character)
    {
        if (CellWidth.Deceives(character)) return;
        character = _sets.Shown(character);
        int width = CellWidth.Of(character);
        if (width == 0)
        {
            Grid[_cursor.Row].Mark(_cursor.WrapsNext ? _cursor.Column : Math.Max(0, _cursor.Column - 1), character);
            return;
        }

        _last = character;
        if (_cursor.WrapsNext || (width == 2 && _wraps && _cursor.Column == Grid.Columns - 1))
        {
            Grid[_cursor.Row].GoesOn = true;
            _cursor.Column = 0;
            LineFeed();
        }

        width = Math.Min(width, Grid.Columns - _cursor.Column);
        ScreenRow row = Grid[_cursor.Row];
        if (_inserts) row.Insert(_cursor.Column, width, _cursor.Style);
        row.Set(_cursor.Column, new Cell(Texts.Of(character), _cursor.Style));
        if (width == 2) row.SetRightHalf(_cursor.Column + 1, _cursor.Style);
        int next = _cursor.Column + width;
        _cursor.WrapsNext = next == Grid.Columns && _wraps;
        if (next == Grid.Columns) row.GoesOn = false;
        _cursor.Column = Math.Min(next, Grid.Columns - 1);
    }

    /// <inheritdoc/>
    public void Control(char control)
    {
        switch (control)
        {
            case '\b':
                MoveTo(_cursor.Row, _cursor.Column - 1);
                break;
            case '\t':
                Tab(1);
                break;
            case '\n' or '\v' or '\f':
                LineFeed();
                if (_lineFeedReturns) _cursor.Column = 0;
                break;
            case '\r':
                MoveTo(_cursor.Row, 0);
                break;
            case '\u000E' or '\u000F':
                _sets.Shift(control == '\u000E');
                break;
        }
    }

    /// <inheritdoc/>
    public void Escape(char intermediate, char final)
    {
        if (intermediate is >= '(' and <= '+') _sets.Choose(intermediate - '(', final);
        else if (intermediate == '#' && final == '8') FillWithE();
        if (intermediate != 0) return;
        switch (final)
        {
            case '7':
                Save();
                break;
            case '8':
                Restore();
                break;
            case 'D':
                LineFeed();
                break;
            case 'E':
                MoveTo(_cursor.Row, 0);
                LineFeed();
                break;
            case 'H':
                _tabs.Add(_cursor.Column);
                break;
            case 'M':
                ReverseLineFeed();
                break;
            case 'c':
                Reset();
                break;
        }
    }

    private void LineFeed()
    {
        _cursor.WrapsNext = false;
        if (_cursor.Row == _bottom) Grid.ScrollUp(_top, _bottom, 1, _cursor.Style);
        else if (_cursor.Row < Grid.Rows - 1) _cursor.Row++;
    }

    private void ReverseLineFeed()
    {
        _cursor.WrapsNext = false;
        if (_cursor.Row == _top) Grid.ScrollDown(_top, _bottom, 1, _cursor.Style);
        else if (_cursor.Row > 0) _cursor.Row--;
    }

    private void MoveTo(int row, int column) =>
        _cursor = Inside(_cursor with { Row = row, Column = column, WrapsNext = false });

    private Cursor Inside(Cursor cursor) =>
        cursor with { Row = Math.Clamp(cursor.Row, 0, Grid.Rows - 1), Column = Math.Clamp(cursor.Column, 0, Grid.Columns - 1) };

    private void Save()
    {
        _saved = _cursor;
        _sets.Save();
    }

    private void Restore()
    {
        _cursor = Inside(_saved);
        _sets.Restore();
    }

    private void ResetTabs() => _tabs = [.. Enumerable.Range(0, Grid.Columns / 8 + 1).Select(i => i * 8)];

    private void FillWithE()
    {
        for (int row = 0; row < Grid.Rows; row++)
        {
            for (int column = 0; column < Grid.Columns; column++) Grid[row].Set(column, new Cell("E", Style.Plain));
        }
    }

    private void Reset()
    {
        Grid.TellAll();
        LeaveAlternate();
        _primary.TellAll();
        _primary = new ScreenGrid(Grid.Columns, Grid.Rows, _reader);
        SoftReset();
        MoveTo(0, 0);
        ResetTabs();
    }

    private void SoftReset()
    {
        _cursor = _cursor with { Style = Style.Plain, Origin = false, WrapsNext = false };
        _saved = new Cursor(0, 0, Style.Plain, false, false);
        (_top, _bottom, _wraps, _inserts, ShowsCursor) = (0, Grid.Rows - 1, true, false, true);
        _sets.Reset();
    }
}
