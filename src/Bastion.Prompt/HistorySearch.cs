namespace Bastion.Prompt;

/// <summary>Ctrl-R: looks for an older line by a part of it, letter by letter.</summary>
internal sealed class HistorySearch
{
    private readonly History _history;
    private int _found;

    /// <param name="history">Where to look.</param>
    /// <param name="draft">The line that was being typed.</param>
    public HistorySearch(History history, string draft)
    {
        _history = history;
        _found = history.Count;
        Draft = draft;
        Line = draft;
    }

    /// <summary>The line to come back to when the search is given up.</summary>
    public string Draft { get; }

    /// <summary>The line that was found last.</summary>
    public string Line { get; private set; }

    /// <summary>What is looked for.</summary>
    public string Part { get; private set; } = "";

    /// <summary>What stands below the line.</summary>
    public string Status => $"{(_isFailed ? "failed-" : "")}bck-i-search: {Part}_";

    private bool _isFailed;

    /// <summary>Obeys a key. False when it ends the search.</summary>
    public bool Obeys(Stroke stroke)
    {
        switch (stroke.Chord)
        {
            case null:
                Part += stroke.Text.ReplaceLineEndings("");
                Look(_found + 1);
                return true;
            case "Backspace":
                if (Part.Length > 0) Part = Part[..^Cluster.Before(Part, Part.Length)];
                Look(_history.Count);
                return true;
            case "Ctrl+R":
                Look(_found);
                return true;
            default:
                return false;
        }
    }

    private void Look(int before)
    {
        if (Part.Length == 0)
        {
            (_found, Line, _isFailed) = (_history.Count, Draft, false);
            return;
        }

        int found = _history.Find(Part, before);
        // The same line again is no news
        while (found >= 0 && before <= _found && _history[found] == Line) found = _history.Find(Part, found);
        _isFailed = found < 0;
        if (found >= 0) (_found, Line) = (found, _history[found]);
    }
}
