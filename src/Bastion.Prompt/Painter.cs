using System.Text;

namespace Bastion.Prompt;

/// <summary>Draws the line and what stands below it, each time anew from where it began, in one write.</summary>
internal sealed class Painter(IScreen screen)
{
    private int _column;
    private int _cursorRow;

    /// <summary>A line begins where the cursor is.</summary>
    public void Begin(int column)
    {
        _column = column;
        _cursorRow = 0;
    }

    /// <summary>Draws.</summary>
    /// <param name="text">The line.</param>
    /// <param name="cursor">Index of the cursor in it.</param>
    /// <param name="styles">An escape sequence for each index; null for none.</param>
    /// <param name="below">Rows below the line: a menu, a search.</param>
    public void Draw(string text, int cursor, string[]? styles, IReadOnlyList<string> below)
    {
        Layout layout = Layout.Of(text, cursor, styles, _column, screen.Width);
        var draw = new StringBuilder("\e[?25l");
        int top = Math.Max(0, layout.CursorRow - screen.Height + 1);
        bool isTooTall = layout.Rows.Count > screen.Height;
        if (isTooTall && top > 0) draw.Append("\e[H");
        else
        {
            Up(draw, _cursorRow);
            Column(draw, _column);
        }

        draw.Append("\e[J");
        int last = Math.Min(layout.Rows.Count, top + screen.Height) - 1;
        for (int i = top; i <= last; i++)
        {
            draw.Append(layout.Rows[i].Text);
            if (i == last) break;
            if (!layout.Rows[i].Wraps) draw.Append("\r\n");
            else if (layout.Rows[i + 1].Text.Length == 0) draw.Append(" \r"); // the terminal wraps only when something comes
        }

        int room = Math.Max(0, screen.Height - (last - top + 1));
        foreach (string row in below.Take(room)) draw.Append("\r\n").Append(row);
        Up(draw, last - layout.CursorRow + Math.Min(room, below.Count));
        Column(draw, layout.CursorColumn);
        draw.Append("\e[?25h");
        _cursorRow = layout.CursorRow - top;
        screen.Write(draw.ToString());
    }

    /// <summary>The terminal has another width and has wrapped the lines anew: finds out in which row the cursor stands now.</summary>
    public void Resized(string text, int cursor)
    {
        _column %= Math.Max(1, screen.Width);
        _cursorRow = Layout.Of(text, cursor, styles: null, _column, screen.Width).CursorRow;
    }

    /// <summary>What takes the line and its prompt off the screen.</summary>
    public string Erased
    {
        get
        {
            var draw = new StringBuilder();
            Up(draw, _cursorRow);
            return draw.Append("\r\e[J").ToString();
        }
    }

    private static void Up(StringBuilder draw, int rows)
    {
        if (rows > 0) draw.Append($"\e[{rows}A");
    }

    private static void Column(StringBuilder draw, int column)
    {
        draw.Append('\r');
        if (column > 0) draw.Append($"\e[{column}C");
    }
}
