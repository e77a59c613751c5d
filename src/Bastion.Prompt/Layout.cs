namespace Bastion.Prompt;

/// <summary>Where text lands on rows of a given width, as the terminal itself wraps it.</summary>
/// <param name="Rows">What to draw in each row.</param>
/// <param name="CursorRow">Row of the cursor, from 0.</param>
/// <param name="CursorColumn">Column of the cursor, from 0.</param>
internal sealed record Layout(IReadOnlyList<Row> Rows, int CursorRow, int CursorColumn)
{
    /// <summary>In front of each line after the first.</summary>
    public const string Continuation = ">> ";

    /// <summary>Lays text out.</summary>
    /// <param name="text">The text, which may have line breaks.</param>
    /// <param name="cursor">Index of the cursor in it.</param>
    /// <param name="styles">An escape sequence for each index, or null for none at all.</param>
    /// <param name="column">Where the first row begins: behind the prompt.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static Layout Of(string text, int cursor, string[]? styles, int column, int width)
    {
        var rows = new List<Row>();
        var row = new System.Text.StringBuilder();
        string style = "";
        int cursorRow = 0, cursorColumn = column;

        for (int i = 0; i < text.Length;)
        {
            int length = Cluster.After(text, i);
            if (i <= cursor && cursor < i + length) (cursorRow, cursorColumn) = (rows.Count, column);
            if (text[i] == '\n')
            {
                Break(wraps: false);
                row.Append(Continuation);
                column = Continuation.Length;
                i += length;
                continue;
            }

            ReadOnlySpan<char> cluster = text.AsSpan(i, length);
            int cells = Cluster.Cells(cluster);
            if (column + cells > width)
            {
                Break(wraps: true);
                if (i == cursor) (cursorRow, cursorColumn) = (rows.Count, 0);
            }

            if (styles is not null && styles[i] != style)
            {
                style = styles[i];
                row.Append("\e[0m").Append(style);
            }

            row.Append(cluster);
            column += cells;
            // Terminals differ in how wide they draw what is made of several; ours is the word that counts
            if (length > 1 && column < width) row.Append($"\e[{column + 1}G");
            i += length;
        }

        if (column >= width) Break(wraps: true);

        if (cursor >= text.Length) (cursorRow, cursorColumn) = (rows.Count, column);
        if (style.Length > 0) row.Append("\e[0m");
        rows.Add(new Row(row.ToString(), Wraps: false));
        return new Layout(rows, cursorRow, cursorColumn);

        void Break(bool wraps)
        {
            if (!wraps && style.Length > 0)
            {
                row.Append("\e[0m");
                style = "";
            }

            rows.Add(new Row(row.ToString(), wraps));
            row.Clear();
            column = 0;
        }
    }
}

/// <summary>A row of the screen.</summary>
/// <param name="Text">What to write, escape sequences included.</param>
/// <param name="Wraps">It is full, and the terminal itself goes on in the next.</param>
internal readonly record struct Row(string Text, bool Wraps);
