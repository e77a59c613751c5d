using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>Which of the terminal's character sets is in use: letters, or lines and corners.</summary>
internal sealed class CharacterSets
{
    // DEC special graphics from U+0060 on
    private const string Lines = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private readonly char[] _sets = ['B', 'B', 'B', 'B'];
    private bool _second;
    private (bool Second, char First, char Other) _saved = (false, 'B', 'B');

    /// <summary>Line drawing is in use.</summary>
    internal bool DrawsLines => _sets[_second ? 1 : 0] == '0';

    internal void Choose(int place, char set) => _sets[place] = set;

    internal void Shift(bool second) => _second = second;

    internal Rune Shown(Rune character) => DrawsLines && character.Value is >= 0x60 and < 0x7F ? new Rune(Lines[character.Value - 0x60]) : character;

    internal void Save() => _saved = (_second, _sets[0], _sets[1]);

    internal void Restore() => (_second, _sets[0], _sets[1]) = _saved;

    internal void Reset()
    {
        Array.Fill(_sets, 'B');
        (_second, _saved) = (false, (false, 'B', 'B'));
    }
}
