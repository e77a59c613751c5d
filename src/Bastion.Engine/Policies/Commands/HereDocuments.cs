namespace Bastion.Policies.Commands;

/// <summary>Reads here-documents: their text begins on the next line.</summary>
internal sealed class HereDocuments(ShellCursor at, Findings found)
{
    private readonly Queue<(string Delimiter, bool Quoted, bool Tabs)> _awaited = new();

    /// <summary>Reads what ends one.</summary>
    internal void Await(WordReader words)
    {
        bool tabs = at.TryTake("-");
        at.SkipBlanks();
        ShellWord word = words.Read();
        if (!word.IsLiteral || word.Source.Contains('$') || word.Source.Contains('`') || word.Text.Contains('\n')) throw at.Error("what ends the here-document can be read in several ways");
        _awaited.Enqueue((word.Text, word.IsQuoted, tabs));
        at.Awaited++;
    }

    /// <summary>Goes over the end of a line, and what is awaited there.</summary>
    internal void Line()
    {
        if (at.Awaited != _awaited.Count) throw at.Error("a line ends inside a substitution while a here-document is awaited");
        at.Position++;
        while (_awaited.TryDequeue(out (string Delimiter, bool Quoted, bool Tabs) next))
        {
            at.Awaited--;
            string text = Text(next.Delimiter, next.Tabs);
            if (next.Quoted) continue;
            var inner = new ShellCursor(text);
            found.Enter();
            new WordReader(inner, found, () => ShellParser.Substitution(inner, found)).ReadExpansions();
            found.Leave();
        }
    }

    internal void RequireNone()
    {
        if (_awaited.Count > 0) throw at.Error("a here-document has no text");
    }

    private string Text(string delimiter, bool tabs)
    {
        int begin = at.Position;
        while (!at.AtEnd)
        {
            int end = at.Text.IndexOf('\n', at.Position);
            if (end < 0) end = at.Text.Length;
            string line = at.Text[at.Position..end];
            if ((tabs ? line.TrimStart('\t') : line) == delimiter)
            {
                string text = at.Text[begin..at.Position];
                // The next command begins on the line behind it.
                at.Position = end;
                if (end < at.Text.Length) at.Position++;
                return text;
            }

            at.Position = Math.Min(end + 1, at.Text.Length);
        }

        throw at.Error($"a here-document does not end with '{delimiter}'");
    }
}
