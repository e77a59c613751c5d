using System.Globalization;
using System.Text;
using Bastion.Prompt;

namespace Bastion.Unit.Console;

/// <summary>A terminal in memory, with as much of ECMA-48 as the line editor uses; it fails on anything else.</summary>
internal sealed class VirtualScreen(int width, int height) : IScreen
{
    private readonly List<string[]> _rows = [.. Enumerable.Range(0, height).Select(_ => Blank(width))];
    private bool _isWrapPending;

    public int Width { get; private set; } = width;

    public int Height => _rows.Count;

    public int X { get; private set; }

    public int Y { get; private set; }

    public bool HasRung { get; private set; }

    /// <summary>The rows, without blanks at their ends and without empty rows at the end.</summary>
    public string Text => string.Join('\n', _rows.Select(row => string.Concat(row).TrimEnd())).TrimEnd('\n');

    /// <summary>Gets what the terminal answers.</summary>
    public Action<string> Answer { get; set; } = static _ => { };

    public void Write(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\e')
            {
                int end = i + 2;
                while (text[end] is >= ' ' and <= '?') end++;
                Control(text[(i + 2)..end], text[end]);
                i = end + 1;
                continue;
            }

            int length = StringInfo.GetNextTextElementLength(text, i);
            if (text.AsSpan(i).StartsWith("\r\n", StringComparison.Ordinal)) length = 1; // one element for .NET
            Put(text.Substring(i, length));
            i += length;
        }
    }

    private void Put(string element)
    {
        switch (element)
        {
            case "\r": X = 0; _isWrapPending = false; return;
            case "\n": Down(); return;
            case "\a": HasRung = true; return;
        }

        int cells = element.EnumerateRunes().Max(CellWidth.Of);
        if (_isWrapPending || X + cells > Width)
        {
            X = 0;
            Down();
        }

        _rows[Y][X] = element;
        if (cells == 2) _rows[Y][X + 1] = "";
        X += cells;
        _isWrapPending = X == Width;
        if (_isWrapPending) X--;
    }

    private void Down()
    {
        _isWrapPending = false;
        if (Y < Height - 1) Y++;
        else
        {
            _rows.RemoveAt(0);
            _rows.Add(Blank(Width));
        }
    }

    private void Control(string parameters, char final)
    {
        int count = int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 1;
        if (final is not ('m' or 'h' or 'l')) _isWrapPending = false;
        switch (final)
        {
            case 'A': Y = Math.Max(0, Y - count); break;
            case 'C': X = Math.Min(Width - 1, X + count); break;
            case 'G': X = Math.Min(Width, count) - 1; break;
            case 'H' when parameters.Length == 0: (X, Y) = (0, 0); break;
            case 'J' when parameters == "2": Erase(0, 0); break;
            case 'J' when parameters.Length == 0: Erase(X, Y); break;
            case 'n' when parameters == "6": Answer($"\e[{Y + 1};{X + 1}R"); break;
            case 'm' or 'h' or 'l': break;
            default: throw new NotSupportedException(new StringBuilder("ESC [").Append(parameters).Append(final).ToString());
        }
    }

    private void Erase(int column, int row)
    {
        Array.Fill(_rows[row], " ", column, Width - column);
        for (int i = row + 1; i < Height; i++) _rows[i] = Blank(Width);
    }

    private static string[] Blank(int width) => [.. Enumerable.Repeat(" ", width)];
}
