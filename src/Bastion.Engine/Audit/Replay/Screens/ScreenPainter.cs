using System.Globalization;
using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>
/// Draws a screen onto a terminal, only what has changed since the last time. All it ever writes: characters that show, cursor positions, colours
/// and looks, clearing, the cursor on and off, and at its begin and end the second screen and line wrapping.
/// </summary>
internal sealed class ScreenPainter
{
    private static readonly Cell Unknown = new("?", new Style(Looks.None, -2, -2));

    private readonly StringBuilder _text = new();
    private Cell[] _shown = [];
    private (int Columns, int Rows) _size;
    private (int Row, int Column, bool Shows) _cursor;
    private Style _style;
    private (int Row, int Column) _pen;

    /// <summary>Takes the terminal's second screen.</summary>
    internal string Enter()
    {
        _size = default;
        return "\e[?1049h\e[?7l\e[?25l\e[0m\e[2J";
    }

    /// <summary>Gives the terminal back, with the rows of the screen below what was there before.</summary>
    internal string Leave(Screen screen)
    {
        _text.Clear().Append("\e[0m\e[?7h\e[?25h\e[?1049l");
        int rows = screen.Grid.Rows;
        while (rows > 0 && screen.Grid[rows - 1].IsBlank) rows--;
        for (int row = 0; row < rows; row++)
        {
            _style = Style.Plain;
            ReadOnlySpan<Cell> cells = screen.Grid[row].Cells;
            int end = cells.Length;
            while (end > 0 && cells[end - 1].Text is null or " " && cells[end - 1].Style == Style.Plain) end--;
            foreach (Cell cell in cells[..end]) Write(cell);
            _text.Append("\e[0m\r\n");
        }

        return _text.ToString();
    }

    /// <summary>What to write so that the terminal shows the screen: the part around its cursor, where the terminal is smaller.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="columns">Width of the terminal.</param>
    /// <param name="rows">Its height.</param>
    /// <param name="status">A line over the lowest row; <see langword="null"/> for none.</param>
    internal string Paint(Screen screen, int columns, int rows, string? status)
    {
        (columns, rows) = (Math.Min(columns, screen.Grid.Columns), Math.Min(rows, screen.Grid.Rows));
        _text.Clear();
        if (_size != (columns, rows)) Begin(columns, rows);
        int top = Math.Max(0, screen.Cursor.Row - rows + 1), left = Math.Max(0, screen.Cursor.Column - columns + 1);
        for (int row = 0; row < rows; row++)
        {
            bool covered = status is not null && row == rows - 1;
            for (int column = 0; column < columns; column++) Draw(row, column, covered ? Of(status!, column) : At(screen, top + row, left + column, column == 0, column == columns - 1));
        }

        (int Row, int Column, bool Shows) cursor = (screen.Cursor.Row - top, screen.Cursor.Column - left, screen.ShowsCursor && status is null);
        if (_text.Length == 0 && cursor == _cursor) return "";
        _cursor = cursor;
        if (_text.Length > 0) _text.Insert(0, "\e[?25l");
        _text.Append(CultureInfo.InvariantCulture, $"\e[{cursor.Row + 1};{cursor.Column + 1}H");
        _text.Append(cursor.Shows ? "\e[?25h" : "\e[?25l");
        _pen = (-1, -1);
        return _text.ToString();
    }

    private void Begin(int columns, int rows)
    {
        _size = (columns, rows);
        _shown = new Cell[columns * rows];
        Array.Fill(_shown, Cell.Blank);
        _text.Append("\e[0m\e[2J");
        _style = Style.Plain;
        _pen = (-1, -1);
    }

    private static Cell Of(string status, int column) => new(column < status.Length ? status[column].ToString() : " ", new Style(Looks.Inverse, -1, -1));

    private static Cell At(Screen screen, int row, int column, bool first, bool last)
    {
        Cell cell = screen.Grid[row].Cells[column];
        // Half of a wide character at the edge is a blank.
        bool cut = (first && cell.Text == "") || (last && column + 1 < screen.Grid.Columns && screen.Grid[row].Cells[column + 1].Text == "");
        return cut ? new Cell(null, cell.Style) : cell.Text == " " ? cell with { Text = null } : cell;
    }

    private void Draw(int row, int column, Cell cell)
    {
        int place = (row * _size.Columns) + column;
        if (_shown[place] == cell) return;
        _shown[place] = cell;
        // Terminals write over the right half with the left one.
        if (cell.Text == "") return;
        if (column + 1 < _size.Columns && _shown[place + 1].Text == "") _shown[place + 1] = Unknown;
        if (_pen != (row, column)) _text.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};{column + 1}H");
        Write(cell);
        // Not all terminals agree how wide other characters are, so say where to go on.
        _pen = cell.Text is null || (cell.Text.Length == 1 && char.IsAscii(cell.Text[0])) ? (row, column + 1) : (-1, -1);
    }

    private void Write(Cell cell)
    {
        if (cell.Style != _style) _text.Append(cell.Style.Sequence());
        _style = cell.Style;
        _text.Append(cell.Text ?? " ");
    }
}
