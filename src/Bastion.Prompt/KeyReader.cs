using System.Collections.Concurrent;
using System.Globalization;

namespace Bastion.Prompt;

/// <summary>What comes from the terminal: a key by name or as text, a paste, or the news of another size.</summary>
/// <param name="Chord">The key's name; null for text.</param>
/// <param name="Text">Typed or pasted text.</param>
internal readonly record struct Stroke(string? Chord, string Text = "")
{
    /// <summary>The terminal has another size.</summary>
    public const string Resize = "Resize";

    /// <summary>The terminal says where the cursor is; the text is its column, from 1.</summary>
    public const string Position = "Position";

    /// <summary>No more keys will come.</summary>
    public const string Gone = "Gone";
}

/// <summary>
/// Reads keys one by one, and only while somebody waits for one, so that between lines the terminal belongs to whoever runs.
/// Control sequences that .NET does not know, or gets in pieces, are put together here.
/// </summary>
internal sealed class KeyReader(Func<ConsoleKeyInfo> read, Func<bool> isThereMore) : IDisposable
{
    // A lone Escape is told from a sequence by what follows within this time
    private const int SequenceGap = 100;

    // Terminals answer at once; the line to them may be long
    private const int AnswerLimit = 2000;

    private readonly Queue<Stroke> _early = new();
    private readonly BlockingCollection<ConsoleKeyInfo?> _arrived = [];
    private readonly SemaphoreSlim _asked = new(0);
    private readonly object _ending = new();
    private bool _isAsked;
    private char _highSurrogate;

    /// <summary>More keys are there already: what they do can be shown at once.</summary>
    public bool HasMore => _early.Count > 0 || _arrived.Count > 0 || (!_isAsked && isThereMore());

    /// <summary>Starts the thread that waits in the terminal.</summary>
    public void Start() => new Thread(Pump) { IsBackground = true, Name = "keys" }.Start();

    /// <summary>Wakes the waiting reader with <see cref="Stroke.Resize"/>.</summary>
    public void Resized()
    {
        lock (_ending)
        {
            if (!_arrived.IsAddingCompleted) _arrived.Add(null);
        }
    }

    /// <summary>Waits for the next stroke.</summary>
    public Stroke Next() => _early.TryDequeue(out Stroke early) ? early : Read(Timeout.Infinite)!.Value;

    /// <summary>Waits for what the terminal answers to the question where its cursor is. What is typed meanwhile comes afterwards.</summary>
    /// <returns>The column, from 0; null when no answer comes.</returns>
    public int? Column()
    {
        while (Read(AnswerLimit) is { } stroke)
        {
            if (stroke.Chord == Stroke.Position) return int.TryParse(stroke.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int column) ? column - 1 : null;
            if (ControlSequence.ModifiersOfF3(stroke.Chord) is { } code) return code;
            _early.Enqueue(stroke);
        }

        return null;
    }

    private Stroke? Read(int milliseconds)
    {
        while (true)
        {
            if (Take(milliseconds) is not { } key) return milliseconds != Timeout.Infinite ? null : new Stroke(_arrived.IsCompleted ? Stroke.Gone : Stroke.Resize);
            if (key.KeyChar == '\e' && key.Modifiers == ConsoleModifiers.None)
            {
                if (Sequence() is { } stroke) return stroke;
                continue;
            }

            if (char.IsHighSurrogate(key.KeyChar)) _highSurrogate = key.KeyChar;
            else if (char.IsLowSurrogate(key.KeyChar)) return new Stroke(null, new string([_highSurrogate, key.KeyChar]));
            else return new Stroke(Chord.Of(key), char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _arrived.Dispose();
        _asked.Dispose();
    }

    private Stroke? Sequence()
    {
        if (Take(SequenceGap) is not { } next) return new Stroke("Escape");
        if (next.KeyChar is ']' or 'P' or '^' or '_' && Take(SequenceGap) is { } first)
        {
            SkipAnswer(first.KeyChar);
            return null;
        }

        if (next.KeyChar is not ('[' or 'O')) return new Stroke(Chord.Of(new ConsoleKeyInfo(next.KeyChar, next.Key, shift: false, alt: true, next.Modifiers.HasFlag(ConsoleModifiers.Control))));
        string sequence = "";
        do
        {
            if (Take(SequenceGap) is not { } key) return null;
            sequence += key.KeyChar;
        }
        while (sequence[^1] is >= ' ' and <= '?');
        if (sequence == "200~") return new Stroke(null, PastedText.Read(() => Take(Timeout.Infinite) ?? default));
        if (sequence[^1] == 'R' && sequence.Split(';') is [_, var column]) return new Stroke(Stroke.Position, column[..^1]);
        return ControlSequence.Chord(sequence) is { } chord ? new Stroke(chord) : null;
    }

    // A text that the terminal answers, such as its title: nobody here has asked for it, and it must not be typed.
    private void SkipAnswer(char c)
    {
        for (char before = ' '; c != '\a' && !(before == '\e' && c == '\\');)
        {
            before = c;
            if (Take(SequenceGap) is not { } key) return;
            c = key.KeyChar;
        }
    }

    // Null: nothing in time, or a new size
    private ConsoleKeyInfo? Take(int milliseconds)
    {
        if (!_isAsked && _arrived.Count == 0)
        {
            _isAsked = true;
            _asked.Release();
        }

        if (!_arrived.TryTake(out ConsoleKeyInfo? key, milliseconds)) return null;
        if (key is not null) _isAsked = false;
        return key;
    }

    private void Pump()
    {
        try
        {
            while (true)
            {
                _asked.Wait();
                _arrived.Add(read());
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The process ends, or its terminal is gone
            lock (_ending)
            {
                try
                {
                    _arrived.CompleteAdding();
                }
                catch (ObjectDisposedException)
                {
                    // Nobody waits any longer
                }
            }
        }
    }
}
