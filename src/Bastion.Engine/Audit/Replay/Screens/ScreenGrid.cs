namespace Bastion.Audit.Replay.Screens;

/// <summary>Is told the rows of a screen before they are gone: scrolled away or erased.</summary>
internal interface IRowReader
{
    /// <summary>The next row.</summary>
    void Row(ScreenRow row);

    /// <summary>The next row has nothing to do with the last, even if that goes on.</summary>
    void Break();
}

/// <summary>The rows of a screen.</summary>
internal sealed class ScreenGrid
{
    private readonly IRowReader? _reader;
    private readonly List<ScreenRow> _rows;

    internal ScreenGrid(int columns, int rows, IRowReader? reader)
    {
        (Columns, _reader) = (columns, reader);
        _rows = [.. Enumerable.Range(0, rows).Select(_ => new ScreenRow(columns))];
    }

    internal int Columns { get; private set; }

    internal int Rows => _rows.Count;

    internal ScreenRow this[int row] => _rows[row];

    /// <summary>Moves rows from <paramref name="top"/> to <paramref name="bottom"/> up and tells those that leave; blank ones come in below.</summary>
    internal void ScrollUp(int top, int bottom, int count, Style style) => MoveUp(top, bottom, count, style, tells: true);

    /// <summary>Takes rows out; those below move up.</summary>
    internal void Delete(int top, int bottom, int count, Style style) => MoveUp(top, bottom, count, style, tells: false);

    /// <summary>Moves them down; blank ones come in above, the lowest are lost.</summary>
    internal void ScrollDown(int top, int bottom, int count, Style style)
    {
        for (int i = 0; i < Math.Min(count, bottom - top + 1); i++)
        {
            ScreenRow row = _rows[bottom];
            _rows.RemoveAt(bottom);
            _rows.Insert(top, Blank(row, style));
        }
    }

    internal void Clear(int from, int to, Style style)
    {
        for (int row = from; row < to; row++) Blank(_rows[row], style);
    }

    /// <summary>Tells the rows before a row.</summary>
    internal void TellUntil(int end)
    {
        for (int row = 0; row < end; row++) Tell(_rows[row]);
        _reader?.Break();
    }

    /// <summary>Tells all rows down to the last that is not blank.</summary>
    internal void TellAll()
    {
        int end = _rows.Count;
        while (end > 0 && _rows[end - 1].IsBlank) end--;
        TellUntil(end);
    }

    /// <summary>Gives the grid another size; the row of the cursor stays.</summary>
    /// <returns>How many rows went away above.</returns>
    internal int Resize(int columns, int rows, int cursorRow)
    {
        // What is cut off at the right was shown.
        if (columns < Columns) TellAll();
        foreach (ScreenRow row in _rows) row.Resize(columns);
        Columns = columns;
        while (_rows.Count > rows && _rows.Count - 1 > cursorRow) _rows.RemoveAt(_rows.Count - 1);
        int above = _rows.Count - rows;
        for (int i = 0; i < above; i++)
        {
            Tell(_rows[0]);
            _rows.RemoveAt(0);
        }

        while (_rows.Count < rows) _rows.Add(new ScreenRow(columns));
        return Math.Max(0, above);
    }

    private void MoveUp(int top, int bottom, int count, Style style, bool tells)
    {
        for (int i = 0; i < Math.Min(count, bottom - top + 1); i++)
        {
            ScreenRow row = _rows[top];
            if (tells && (top == 0 || !row.IsBlank)) Tell(row);
            _rows.RemoveAt(top);
            _rows.Insert(bottom, Blank(row, style));
        }
    }

    private void Tell(ScreenRow row)
    {
        if (_reader is null || row.IsTold) return;
        _reader.Row(row);
        row.IsTold = true;
    }

    private ScreenRow Blank(ScreenRow row, Style style)
    {
        row.Clear(0, Columns, style);
        row.GoesOn = false;
        return row;
    }
}
