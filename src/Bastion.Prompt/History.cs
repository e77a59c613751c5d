namespace Bastion.Prompt;

/// <summary>The lines entered before, oldest first, and where one stands among them while a line is typed.</summary>
internal sealed class History
{
    private const int Limit = 10_000;

    // A line of the file that goes on in the next ends so, as in PSReadLine's
    private const string GoesOn = "`";

    private readonly string? _file;
    private readonly List<string> _lines;
    private int _at;
    private string _draft = "";

    /// <param name="file">Where it is kept; null: only in memory.</param>
    public History(string? file)
    {
        _file = file;
        _lines = file is null ? [] : Read(file);
        _at = _lines.Count;
    }

    /// <param name="lines">Lines of before, oldest first; they and those that come are kept in memory only.</param>
    public History(IEnumerable<string> lines)
    {
        _lines = [.. lines.Where(HistoryFilter.Keeps)];
        _at = _lines.Count;
    }

    /// <summary>Keeps a line that was entered, unless it may hold a secret or repeats the last.</summary>
    public void Add(string line)
    {
        if (HistoryFilter.Keeps(line) && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            Write(line);
        }

        Leave();
    }

    /// <summary>Back to the line that is being typed.</summary>
    public void Leave() => _at = _lines.Count;

    /// <summary>The line before; null when there is none. What is typed now waits until one comes back.</summary>
    public string? Older(string now)
    {
        if (_at == 0) return null;
        if (_at == _lines.Count) _draft = now;
        return _lines[--_at];
    }

    /// <summary>The line after, at last what was typed; null when there is none.</summary>
    public string? Newer()
    {
        if (_at >= _lines.Count) return null;
        _at++;
        return _at == _lines.Count ? _draft : _lines[_at];
    }

    /// <summary>The newest line before an index that holds a text, case aside; -1 when none does.</summary>
    public int Find(string part, int before)
    {
        for (int i = Math.Min(before, _lines.Count) - 1; i >= 0; i--)
        {
            if (_lines[i].Contains(part, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>A line by its index.</summary>
    public string this[int index] => _lines[index];

    private static List<string> Read(string file)
    {
        var lines = new List<string>();
        string begun = "";
        try
        {
            foreach (string line in File.ReadLines(file))
            {
                if (line.EndsWith(GoesOn, StringComparison.Ordinal)) begun += line[..^1] + '\n';
                else
                {
                    lines.Add(begun + line);
                    begun = "";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return lines; // a prompt without memory is better than none
        }

        return lines.Count > Limit ? lines[^Limit..] : lines;
    }

    private void Write(string line)
    {
        if (_file is null) return;
        try
        {
            // One write, so that sessions side by side do not mix their lines
            File.AppendAllText(_file, line.Replace("\n", GoesOn + "\n", StringComparison.Ordinal) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Kept in memory all the same
        }
    }
}
