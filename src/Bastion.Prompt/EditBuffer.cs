namespace Bastion.Prompt;

/// <summary>The text that is being typed and the cursor in it.</summary>
internal sealed class EditBuffer
{
    private readonly Stack<(string Text, int Cursor)> _before = new();
    private string _killed = "";
    private bool _isKilling;

    /// <summary>The text; line breaks are <c>\n</c>.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Index in the text, before which the cursor stands.</summary>
    public int Cursor { get; private set; }

    /// <summary>Puts text in at the cursor.</summary>
    public void Insert(string text) => Replace(Cursor, 0, text);

    /// <summary>Puts text in the place of a part; the cursor goes behind it.</summary>
    public void Replace(int start, int length, string text)
    {
        if (length == 0 && text.Length == 0) return;
        _before.Push((Text, Cursor));
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length));
        Cursor = start + text.Length;
        _isKilling = false;
    }

    /// <summary>Another text, with the cursor at its end.</summary>
    public void Set(string text) => Replace(0, Text.Length, text);

    /// <summary>Sets the cursor.</summary>
    public void Move(int cursor)
    {
        Cursor = Math.Clamp(cursor, 0, Text.Length);
        _isKilling = false;
    }

    /// <summary>Takes back the last change.</summary>
    public void Undo()
    {
        if (_before.TryPop(out (string Text, int Cursor) before)) (Text, Cursor) = before;
        _isKilling = false;
    }

    public void Left() => Move(Cursor - Cluster.Before(Text, Cursor));

    public void Right() => Move(Cursor + Cluster.After(Text, Cursor));

    /// <summary>To the start of the line; from there to the start of all.</summary>
    public void Home() => Move(Cursor == LineStart() ? 0 : LineStart());

    /// <summary>To the end of the line; from there to the end of all.</summary>
    public void End() => Move(Cursor == LineEnd() ? Text.Length : LineEnd());

    public void WordLeft() => Move(WordStart(IsWord));

    public void WordRight() => Move(WordEnd());

    /// <summary>To the line above. False when there is none.</summary>
    public bool Up()
    {
        int start = LineStart();
        if (start == 0) return false;
        int above = start < 2 ? 0 : Text.LastIndexOf('\n', start - 2) + 1;
        Move(Math.Min(above + Cursor - start, start - 1));
        return true;
    }

    /// <summary>To the line below. False when there is none.</summary>
    public bool Down()
    {
        int end = LineEnd();
        if (end == Text.Length) return false;
        int next = Text.IndexOf('\n', end + 1);
        Move(Math.Min(end + 1 + Cursor - LineStart(), next < 0 ? Text.Length : next));
        return true;
    }

    public void DeleteLeft()
    {
        int length = Cluster.Before(Text, Cursor);
        Replace(Cursor - length, length, "");
    }

    public void DeleteRight() => Replace(Cursor, Cluster.After(Text, Cursor), "");

    /// <summary>Cuts to the end of the line, or joins the next when at the end.</summary>
    public void KillToEnd()
    {
        int end = LineEnd();
        Kill(Cursor, end == Cursor && end < Text.Length ? end + 1 : end);
    }

    public void KillToStart() => Kill(LineStart(), Cursor);

    public void KillWordRight() => Kill(Cursor, WordEnd());

    public void KillWordLeft() => Kill(WordStart(IsWord), Cursor);

    /// <summary>Cuts back to a blank, as bash does.</summary>
    public void KillBlankWordLeft() => Kill(WordStart(c => !char.IsWhiteSpace(c)), Cursor);

    /// <summary>Puts in what was cut last.</summary>
    public void Yank() => Insert(_killed);

    // Cuts in a row are one
    private void Kill(int start, int end)
    {
        if (start == end) return;
        string cut = Text[start..end];
        _killed = !_isKilling ? cut : start < Cursor ? cut + _killed : _killed + cut;
        Replace(start, end - start, "");
        _isKilling = true;
    }

    private int LineStart() => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd() => Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    private int WordStart(Func<char, bool> isWord)
    {
        int i = Cursor;
        while (i > 0 && !isWord(Text[i - 1])) i--;
        while (i > 0 && isWord(Text[i - 1])) i--;
        return i;
    }

    private int WordEnd()
    {
        int i = Cursor;
        while (i < Text.Length && !IsWord(Text[i])) i++;
        while (i < Text.Length && IsWord(Text[i])) i++;
        return i;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;
}
