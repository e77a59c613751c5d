using System.Text;

namespace Bastion.Policies.Commands;

/// <summary>Puts a word together from its pieces.</summary>
internal sealed class WordBuilder
{
    private readonly StringBuilder _known = new();
    private bool _literal = true;
    private bool _one = true;
    private bool _plain = true;
    private bool _quoted;

    internal void Add(char c)
    {
        // After what is not known nothing is known by its place.
        if (_literal) _known.Append(c);
        _plain &= char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '+' or '/' or ':' or ',';
    }

    internal void Quote(char c)
    {
        _quoted = true;
        Add(c);
    }

    internal void Quoted() => _quoted = true;

    internal void Glob() => Expand(one: false);

    /// <summary>A part whose value is not known.</summary>
    internal void Expand(bool one)
    {
        _literal = _plain = false;
        _one &= one;
    }

    /// <summary>A part that is a number.</summary>
    internal void Number(bool one)
    {
        _literal = false;
        _one &= one;
    }

    internal ShellWord Build(string source) => new(_known.ToString(), source, _literal, _one, _plain, _quoted);
}
