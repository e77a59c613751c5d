namespace Bastion.Prompt;

/// <summary>The list of completions below the line, filled down its columns, and the one that is chosen.</summary>
internal sealed class CompletionMenu(Completions completions)
{
    private const int Gap = 2;
    private const int MostRows = 10;
    private int _rows = 1;

    /// <summary>What is chosen among.</summary>
    public Completions Completions => completions;

    /// <summary>Index of the chosen one.</summary>
    public int Index { get; private set; }

    /// <summary>The chosen one.</summary>
    public Completion Chosen => completions.Choices[Index];

    /// <summary>Obeys a key. False when it is not one of the menu's.</summary>
    public bool Obeys(string? chord)
    {
        int step = chord switch
        {
            "Tab" or "Down" or "Ctrl+N" or "Ctrl+Space" => 1,
            "Shift+Tab" or "Up" or "Ctrl+P" => -1,
            "Right" => _rows,
            "Left" => -_rows,
            _ => 0,
        };
        if (step == 0) return false;
        int count = completions.Choices.Count;
        // By column one stops at the edge, by one it goes round
        if (Math.Abs(step) == 1) Index = (Index + step + count) % count;
        else if (Index + step >= 0 && Index + step < count) Index += step;
        return true;
    }

    /// <summary>The rows to show.</summary>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows that can be used.</param>
    public IReadOnlyList<string> Rows(int width, int height)
    {
        IReadOnlyList<Completion> choices = completions.Choices;
        int cell = Math.Min(width, choices.Max(choice => CellWidth.Of(choice.Label)) + Gap);
        int columns = Math.Max(1, width / cell);
        _rows = (choices.Count + columns - 1) / columns;
        int shown = Math.Clamp(Math.Min(MostRows, height - 2), 1, _rows);
        int first = Math.Clamp((Index % _rows) - shown + 1, 0, _rows - shown);
        var rows = new List<string>();
        for (int r = first; r < first + shown; r++)
        {
            string row = "";
            for (int i = r; i < choices.Count; i += _rows)
            {
                string label = CellWidth.Fit(choices[i].Label, cell - Math.Min(Gap, cell - 1));
                row += i == Index ? $"\e[7m{label}\e[27m" : label;
                if (i + _rows < choices.Count) row += new string(' ', Gap);
            }

            rows.Add(row);
        }

        string about = Chosen.About.Trim().ReplaceLineEndings(" ");
        if (about.Length > 0 && about != Chosen.Label && height > shown + 1) rows.Add(CellWidth.Cut(about, width - 1));
        return rows;
    }
}
