using System.Runtime.InteropServices;
using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>One cell.</summary>
/// <param name="Text">Its character with the marks on it; <see langword="null"/> nothing was written; empty: the right half of a wide one.</param>
/// <param name="Style">How it looks.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cell(string? Text, Style Style)
{
    internal static Cell Blank { get; } = new(null, Style.Plain);
}

/// <summary>One row of a screen.</summary>
internal sealed class ScreenRow
{
    private Cell[] _cells;

    internal ScreenRow(int columns)
    {
        _cells = new Cell[columns];
        Clear(0, columns, Style.Plain);
    }

    internal ReadOnlySpan<Cell> Cells => _cells;

    /// <summary>The row was full and its text goes on in the next.</summary>
    internal bool GoesOn { get; set; }

    /// <summary>Its text was told to the reader of the text already.</summary>
    internal bool IsTold { get; set; }

    internal bool IsBlank
    {
        get
        {
            foreach (Cell cell in _cells)
            {
                if (cell.Text is not (null or "" or " ")) return false;
            }

            return true;
        }
    }

    internal void Set(int column, Cell cell)
    {
        IsTold = false;
        // Half of a wide character does not stay alone.
        if (_cells[column].Text == "" && column > 0) _cells[column - 1] = new Cell(" ", _cells[column - 1].Style);
        if (column + 1 < _cells.Length && _cells[column + 1].Text == "" && cell.Text != "") _cells[column + 1] = new Cell(" ", _cells[column + 1].Style);
        _cells[column] = cell;
    }

    /// <summary>The right half of the wide character that was just set before it.</summary>
    internal void SetRightHalf(int column, Style style)
    {
        if (column + 1 < _cells.Length && _cells[column + 1].Text == "") _cells[column + 1] = new Cell(" ", _cells[column + 1].Style);
        _cells[column] = new Cell("", style);
    }

    /// <summary>Puts a mark onto the character at or left of a column.</summary>
    internal void Mark(int column, Rune mark)
    {
        if (column > 0 && _cells[column].Text == "") column--;
        // A cell takes a few marks, not a novel.
        if (_cells[column].Text is { Length: > 0 and < 16 } text) _cells[column] = _cells[column] with { Text = text + mark };
    }

    internal void Clear(int from, int to, Style style)
    {
        IsTold = false;
        // What is erased takes the background, nothing else
        Array.Fill(_cells, new Cell(null, Style.Plain with { Background = style.Background }), from, Math.Max(0, to - from));
    }

    internal void Insert(int column, int count, Style style)
    {
        Array.Copy(_cells, column, _cells, column + count, _cells.Length - column - count);
        Clear(column, column + count, style);
    }

    internal void Delete(int column, int count, Style style)
    {
        Array.Copy(_cells, column + count, _cells, column, _cells.Length - column - count);
        Clear(_cells.Length - count, _cells.Length, style);
    }

    internal void Resize(int columns)
    {
        int before = _cells.Length;
        Array.Resize(ref _cells, columns);
        if (columns > before) Array.Fill(_cells, Cell.Blank, before, columns - before);
    }

    /// <summary>The text; blanks at the end are kept only where it goes on.</summary>
    internal void AppendTo(StringBuilder text)
    {
        int end = _cells.Length;
        while (!GoesOn && end > 0 && _cells[end - 1].Text is null or " ") end--;
        for (int i = 0; i < end; i++) text.Append(_cells[i].Text ?? " ");
    }
}
