using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>What control sequences do to the screen.</summary>
internal sealed partial class Screen
{
    /// <inheritdoc/>
    public void Csi(in CsiSequence sequence)
    {
        if (sequence.Prefix == '?' && sequence.Intermediate == 0 && sequence.Final is 'h' or 'l') SetModes(sequence);
        else if (sequence is { Prefix: '\0', Intermediate: '!', Final: 'p' }) SoftReset();
        if (sequence.Prefix != 0 || sequence.Intermediate != 0) return;
        if (!Move(sequence) && !Edit(sequence)) SetState(sequence);
    }

    private bool Move(in CsiSequence sequence)
    {
        int n = sequence.Times(Math.Max(Grid.Rows, Grid.Columns));
        // Up and down stop at the region's edge when they begin within it
        int highest = _cursor.Row >= _top ? _top : 0, lowest = _cursor.Row <= _bottom ? _bottom : Grid.Rows - 1;
        switch (sequence.Final)
        {
            case 'A':
                MoveTo(Math.Max(_cursor.Row - n, highest), _cursor.Column);
                return true;
            case 'B' or 'e':
                MoveTo(Math.Min(_cursor.Row + n, lowest), _cursor.Column);
                return true;
            case 'C' or 'a':
                MoveTo(_cursor.Row, _cursor.Column + n);
                return true;
            case 'D':
                MoveTo(_cursor.Row, _cursor.Column - n);
                return true;
            case 'E':
                MoveTo(Math.Min(_cursor.Row + n, lowest), 0);
                return true;
            case 'F':
                MoveTo(Math.Max(_cursor.Row - n, highest), 0);
                return true;
            case 'G' or '`':
                MoveTo(_cursor.Row, sequence.Times(Grid.Columns) - 1);
                return true;
            case 'H' or 'f':
                Place(sequence.Times(Grid.Rows) - 1, Math.Clamp(sequence.Number(1, 1), 1, Grid.Columns) - 1);
                return true;
            case 'd':
                Place(sequence.Times(Grid.Rows) - 1, _cursor.Column);
                return true;
            case 'I':
                Tab(n);
                return true;
            case 'Z':
                Tab(-n);
                return true;
            default:
                return false;
        }
    }

    private bool Edit(in CsiSequence sequence)
    {
        ScreenRow row = Grid[_cursor.Row];
        int cells = sequence.Times(Grid.Columns - _cursor.Column), rows = sequence.Times(_bottom - _top + 1);
        bool inRegion = _cursor.Row >= _top && _cursor.Row <= _bottom;
        switch (sequence.Final)
        {
            case '@':
                row.Insert(_cursor.Column, cells, _cursor.Style);
                return true;
            case 'P':
                row.Delete(_cursor.Column, cells, _cursor.Style);
                return true;
            case 'X':
                row.Clear(_cursor.Column, _cursor.Column + cells, _cursor.Style);
                return true;
            case 'J':
                Erase(sequence.Number(0, 0));
                return true;
            case 'K':
                EraseInRow(sequence.Number(0, 0));
                return true;
            case 'L' when inRegion:
                Grid.ScrollDown(_cursor.Row, _bottom, rows, _cursor.Style);
                return true;
            case 'M' when inRegion:
                Grid.Delete(_cursor.Row, _bottom, rows, _cursor.Style);
                return true;
            case 'S':
                Grid.ScrollUp(_top, _bottom, rows, _cursor.Style);
                return true;
            case 'T' when sequence.Count == 1:
                Grid.ScrollDown(_top, _bottom, rows, _cursor.Style);
                return true;
            case 'b':
                for (int i = sequence.Times(Grid.Columns); i > 0; i--) Print(_last);
                return true;
            default:
                return false;
        }
    }

    private void SetState(in CsiSequence sequence)
    {
        switch (sequence.Final)
        {
            case 'm':
                _cursor.Style = _cursor.Style.After(sequence);
                break;
            case 'r':
                (int top, int bottom) = (sequence.Times(Grid.Rows) - 1, Math.Clamp(sequence.Number(1, Grid.Rows), 1, Grid.Rows) - 1);
                if (top >= bottom) break;
                (_top, _bottom) = (top, bottom);
                Place(0, 0);
                break;
            case 's':
                Save();
                break;
            case 'u':
                Restore();
                break;
            case 'g' when sequence.Number(0, 0) == 0:
                _tabs.Remove(_cursor.Column);
                break;
            case 'g' when sequence.Number(0, 0) == 3:
                _tabs.Clear();
                break;
            case 'h' or 'l' when sequence.Number(0, 0) == 4:
                _inserts = sequence.Final == 'h';
                break;
        }
    }

    private void SetModes(in CsiSequence sequence)
    {
        bool on = sequence.Final == 'h';
        for (int i = 0; i < sequence.Count; i++)
        {
            switch (sequence.Number(i, 0))
            {
                case 6:
                    _cursor.Origin = on;
                    Place(0, 0);
                    break;
                case 7:
                    _wraps = on;
                    _cursor.WrapsNext &= on;
                    break;
                case 25:
                    ShowsCursor = on;
                    break;
                case 47 or 1047 or 1049:
                    if (on) EnterAlternate();
                    else LeaveAlternate();
                    break;
                case 1048:
                    if (on) Save();
                    else Restore();
                    break;
            }
        }
    }

    private void Place(int row, int column) => MoveTo(_cursor.Origin ? Math.Min(_top + row, _bottom) : row, column);

    private void Tab(int count)
    {
        int column = _cursor.Column;
        for (; count > 0; count--) column = _tabs.GetViewBetween(column + 1, int.MaxValue) is { Count: > 0 } next ? next.Min : Grid.Columns - 1;
        for (; count < 0; count++) column = column > 0 && _tabs.GetViewBetween(0, column - 1) is { Count: > 0 } before ? before.Max : 0;
        MoveTo(_cursor.Row, column);
    }

    private void Erase(int what)
    {
        Style style = _cursor.Style;
        // A cleared screen was shown before: it is told.
        if (what is 2 or 3 || (what == 0 && _cursor is { Row: 0, Column: 0 })) Grid.TellAll();
        if (what is 0)
        {
            EraseInRow(0);
            Grid.Clear(_cursor.Row + 1, Grid.Rows, style);
        }
        else if (what is 1)
        {
            EraseInRow(1);
            Grid.Clear(0, _cursor.Row, style);
        }
        else if (what is 2)
        {
            Grid.Clear(0, Grid.Rows, style);
        }
    }

    private void EraseInRow(int what)
    {
        if (what is < 0 or > 2) return;
        ScreenRow row = Grid[_cursor.Row];
        row.Clear(what == 0 ? _cursor.Column : 0, what == 1 ? _cursor.Column + 1 : Grid.Columns, _cursor.Style);
        if (what != 1) row.GoesOn = false;
    }

    private void EnterAlternate()
    {
        if (_alternate is not null) return;
        Save();
        // Each of the two screens has a saved cursor of its own.
        (_primaryCursor, _primarySaved, _saved) = (_cursor, _saved, _saved with { Row = 0, Column = 0 });
        // Told before what the program will show.
        _primary.TellUntil(_cursor.Row + 1);
        _alternate = new ScreenGrid(_primary.Columns, _primary.Rows, _reader);
        (_top, _bottom) = (0, Grid.Rows - 1);
    }

    private void LeaveAlternate()
    {
        if (_alternate is null) return;
        _alternate.TellAll();
        _alternate = null;
        (_top, _bottom) = (0, Grid.Rows - 1);
        (_cursor, _saved) = (Inside(_primaryCursor), _primarySaved);
        _sets.Restore();
    }
}

/// <summary>Strings of characters; those of ASCII are made once.</summary>
internal static class Texts
{
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 0x80).Select(c => ((char)c).ToString())];

    internal static string Of(Rune character) => character.IsAscii ? Ascii[character.Value] : character.ToString();
}
