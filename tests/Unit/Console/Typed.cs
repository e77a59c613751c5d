using System.Collections.Concurrent;
using Bastion.Prompt;

namespace Bastion.Unit.Console;

/// <summary>A line editor with keys that were typed, a screen in memory, and a language that knows braces.</summary>
internal sealed class Typed : ISyntax, IDisposable
{
    private readonly BlockingCollection<ConsoleKeyInfo> _waiting = [];
    private readonly KeyReader _keys;

    public Typed(int width = 40, int height = 8)
    {
        Screen = new VirtualScreen(width, height) { Answer = answer => Type(answer) };
        _keys = new KeyReader(_waiting.Take, () => _waiting.Count > 0);
        _keys.Start();
    }

    public VirtualScreen Screen { get; }

    public History History { get; } = new(file: null);

    /// <summary>What completion offers in place of the word at the cursor.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>Types keys, by name in braces (<c>{Ctrl+A}</c>) or as text, and gives the line that was entered; Enter ends it.</summary>
    public string Line(string keys)
    {
        Type(keys);
        return new LineEditor(Screen, _keys, History, this, () => "> ").Read();
    }

    public bool IsUnfinished(string text) => text.Count(c => c == '{') > text.Count(c => c == '}');

    public string[]? Styles(string text) => [.. text.Select(c => char.IsDigit(c) ? "\e[36m" : "")];

    public Completions? Complete(string text, int cursor)
    {
        int start = text.LastIndexOf(' ', Math.Max(0, cursor - 1)) + 1;
        string word = text[start..cursor];
        Completion[] choices = [.. Choices.Where(c => c.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(c => new Completion(c, c, $"about {c}"))];
        return choices.Length == 0 ? null : new Completions(start, cursor - start, choices);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _waiting.Dispose();
    }

    private void Type(string keys)
    {
        foreach (ConsoleKeyInfo key in Keys(keys)) _waiting.Add(key);
    }

    private static IEnumerable<ConsoleKeyInfo> Keys(string keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            int end = keys[i] == '{' && i + 2 < keys.Length ? keys.IndexOf('}', i) : -1;
            if (end < 0 || keys.AsSpan(i + 1, end - i).Contains('{'))
            {
                yield return new ConsoleKeyInfo(keys[i], ConsoleKey.None, shift: false, alt: false, control: false);
                continue;
            }

            string name = keys[(i + 1)..end];
            bool control = name.Contains("Ctrl+", StringComparison.Ordinal), alt = name.Contains("Alt+", StringComparison.Ordinal), shift = name.Contains("Shift+", StringComparison.Ordinal);
            yield return Key(name[(name.LastIndexOf('+') + 1)..], control, alt, shift);
            i = end;
        }
    }

    private static ConsoleKeyInfo Key(string name, bool control, bool alt, bool shift)
    {
        (ConsoleKey key, char c) = name switch
        {
            "Enter" => (ConsoleKey.Enter, '\r'),
            "Tab" => (ConsoleKey.Tab, '\t'),
            "Backspace" => (ConsoleKey.Backspace, '\u007f'),
            "Left" => (ConsoleKey.LeftArrow, '\0'),
            "Right" => (ConsoleKey.RightArrow, '\0'),
            "Up" => (ConsoleKey.UpArrow, '\0'),
            "Down" => (ConsoleKey.DownArrow, '\0'),
            "Space" => (ConsoleKey.D2, '\0'),
            "_" => (ConsoleKey.None, '\u001f'),
            { Length: 1 } => (Enum.Parse<ConsoleKey>(name), control ? (char)(name[0] & 0x1f) : char.ToLowerInvariant(name[0])),
            _ => (Enum.Parse<ConsoleKey>(name), '\0'),
        };
        return new ConsoleKeyInfo(c, key, shift, alt, control);
    }
}
