namespace Bastion.Policies.Commands;

/// <summary>
/// Reads lists of commands, as POSIX shells and bash do, and hands every simple command in them to the findings. It accepts less than
/// shells do and nothing more: what it can't read throws.
/// </summary>
internal sealed class ShellParser
{
    private static readonly string[] Openers = ["if", "while", "until", "for", "case", "select", "{", "!", "time", "function", "coproc", "[["];
    private static readonly string[] Closers = ["then", "elif", "else", "fi", "do", "done", "esac", "}", "in"];
    private readonly ShellCursor _at;
    private readonly Findings _found;
    private readonly WordReader _words;
    private readonly HereDocuments _documents;
    private readonly SimpleReader _simple;

    internal ShellParser(ShellCursor at, Findings found)
    {
        (_at, _found) = (at, found);
        _words = new WordReader(at, found, () => Substitution(at, found));
        _documents = new HereDocuments(at, found);
        _simple = new SimpleReader(at, found, _words, _documents);
    }

    /// <summary>Reads all that there is.</summary>
    internal void ReadAll()
    {
        List(mayBeEmpty: true);
        if (!_at.AtEnd) throw _at.Error($"'{_at.Peek()}' is not expected");
        _documents.RequireNone();
    }

    /// <summary>Reads a substitution up to its closing bracket. It has here-documents of its own, and they end in it.</summary>
    internal static void Substitution(ShellCursor at, Findings found) => new ShellParser(at, found).ReadTo(")");

    private void ReadTo(string closing)
    {
        List(mayBeEmpty: true);
        _documents.RequireNone();
        _at.Expect(closing);
    }

    private void List(bool mayBeEmpty = false)
    {
        _found.Enter();
        bool any = false;
        SkipLines();
        while (!AtClosing())
        {
            Pipelines();
            any = true;
            _at.SkipBlanks();
            if (_at.Sees(";;") || _at.Sees(";&")) break;
            if (_at.Peek() is ';' or '&') _at.Position++;
            else if (_at.Peek() != '\n') break;
            SkipLines();
        }

        if (!any && !mayBeEmpty) throw _at.Error("a command is missing");
        _found.Leave();
    }

    private bool AtClosing() => _at.AtEnd || _at.Peek() is ')' or ';' || (Reserved() is { } word && Closers.Contains(word) && word != "in");

    private void SkipLines()
    {
        while (true)
        {
            _at.SkipBlanks();
            if (_at.Peek() != '\n') return;
            _documents.Line();
        }
    }

    private void Pipelines()
    {
        while (true)
        {
            Pipeline();
            _at.SkipBlanks();
            if (!_at.TryTake("&&") && !_at.TryTake("||")) return;
            SkipLines();
        }
    }

    private void Pipeline()
    {
        while (Reserved() is "!" or "time")
        {
            _at.Position += Reserved()!.Length;
            _at.SkipBlanks();
            if (_at.Sees("-p ")) _at.Position += 2;
            _at.SkipBlanks();
        }

        while (true)
        {
            Command();
            _at.SkipBlanks();
            if (_at.Sees("||") || _at.Peek() != '|') return;
            _at.Position++;
            if (_at.TryTake("&")) _found.NeedsBash = true;
            SkipLines();
        }
    }

    private void Command()
    {
        _found.Enter();
        string? word = Reserved();
        if (_at.Sees("((")) ArithmeticCommand();
        else if (_at.TryTake("(")) Bracket(")");
        else if (word is null || !Openers.Contains(word))
        {
            if (word is not null) throw _at.Error($"'{word}' is not expected");
            if (_simple.Read()) Body();
            _found.Leave();
            return;
        }
        else Compound(word);
        _at.SkipBlanks();
        while (_simple.Redirection()) _at.SkipBlanks();
        _found.Leave();
    }

    private void Bracket(string closing)
    {
        List();
        _at.SkipBlanks();
        if (closing == ")") _at.Expect(closing);
        else Keyword(closing);
    }

    private void Compound(string word)
    {
        _at.Position += word.Length;
        switch (word)
        {
            case "{":
                Bracket("}");
                break;
            case "if":
                If();
                break;
            case "while" or "until":
                List();
                Do();
                break;
            case "for" or "select":
                For(word);
                break;
            case "case":
                Case();
                break;
            case "[[":
                _found.NeedsBash = true;
                new Conditional(_at, _found, _words).Read();
                break;
            case "function":
                _found.NeedsBash = true;
                _at.SkipBlanks();
                _words.Read();
                _at.SkipBlanks();
                if (_at.TryTake("(")) { _at.SkipBlanks(); _at.Expect(")"); }
                Body();
                break;
            default:
                throw _at.Error($"'{word}' is not read here");
        }
    }

    private void Body()
    {
        _found.Hide("a function changes what later words mean");
        SkipLines();
        if (_at.Peek() != '(' && Reserved() is null or "!" or "time" or "function") throw _at.Error("the body of a function is missing");
        Command();
    }

    private void If()
    {
        List();
        Keyword("then");
        List();
        while (Reserved() == "elif")
        {
            Keyword("elif");
            List();
            Keyword("then");
            List();
        }

        if (Reserved() == "else")
        {
            Keyword("else");
            List();
        }

        Keyword("fi");
    }

    private void Do()
    {
        Keyword("do");
        List();
        Keyword("done");
    }

    private void For(string word)
    {
        if (word == "select") _found.NeedsBash = true;
        _at.SkipBlanks();
        if (word == "for" && _at.TryTake("(("))
        {
            _found.NeedsBash = true;
            for (int part = 0; part < 3; part++) new Arithmetic(_at, _found, _words.Expand).Read(part < 2 ? ";" : "))");
            _at.SkipBlanks();
            _at.TryTake(";");
        }
        else Names(word);
        SkipLines();
        Do();
    }

    private void Names(string loop)
    {
        ShellWord name = _words.Read();
        if (name.Text.Length == 0 || !name.Text.All(ShellCursor.IsName) || !ShellCursor.IsNameStart(name.Text[0]) || name.Source != name.Text) throw _at.Error("the variable of a loop is missing");
        Vocabulary.Default.CheckVariable(name.Text, _found);
        SkipLines();
        bool plain = loop == "for";
        if (Reserved() != "in") plain = false;
        else
        {
            Keyword("in");
            for (_at.SkipBlanks(); !_at.AtEnd && _at.Peek() is not (';' or '\n'); _at.SkipBlanks()) plain &= _words.Read().IsPlain;
            if (_at.AtEnd) throw _at.Error("'do' is missing");
        }

        if (!plain) _found.UnknownValues = true;
        _at.SkipBlanks();
        if (_at.Sees(";;")) throw _at.Error("';;' is not expected");
        _at.TryTake(";");
    }

    private void Case()
    {
        _at.SkipBlanks();
        _words.Read();
        SkipLines();
        Keyword("in");
        SkipLines();
        while (Reserved() != "esac")
        {
            _at.TryTake("(");
            do
            {
                _at.SkipBlanks();
                _words.Read();
                _at.SkipBlanks();
            }
            while (_at.TryTake("|"));
            _at.Expect(")");
            List(mayBeEmpty: true);
            _at.SkipBlanks();
            if (_at.TryTake(";;")) { if (_at.TryTake("&")) _found.NeedsBash = true; }
            else if (_at.TryTake(";&")) _found.NeedsBash = true;
            else break;
            SkipLines();
        }

        Keyword("esac");
    }

    private void ArithmeticCommand()
    {
        _found.NeedsBash = true;
        _at.Position += 2;
        new Arithmetic(_at, _found, _words.Expand).Read("))");
    }

    private void Keyword(string word)
    {
        SkipLines();
        if (Reserved() != word) throw _at.Error($"'{word}' is missing");
        _at.Position += word.Length;
    }

    /// <summary>The reserved word that stands here.</summary>
    private string? Reserved()
    {
        _at.Peek();
        int end = _at.Position;
        while (end < _at.Text.Length && end - _at.Position < 10 && !ShellCursor.IsMeta(_at.Text[end])) end++;
        string word = _at.Text[_at.Position..end];
        // A word that goes on behind a continued line would be another one.
        return Openers.Contains(word) || Closers.Contains(word) ? word : null;
    }
}
