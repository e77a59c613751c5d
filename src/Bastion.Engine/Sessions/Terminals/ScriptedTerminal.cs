using System.Diagnostics;
using System.Text;

namespace Bastion.Sessions.Terminals;

/// <summary>
/// Types given lines instead of a person: each when the shell has shown its prompt again, or has fallen silent. After the last line it types
/// Ctrl-D at every prompt until the session ends. What the asset sends is shown as plain text.
/// </summary>
public sealed class ScriptedTerminal : ITerminal
{
    private const byte EndOfInput = 4;
    private const int PromptEnding = 2;
    // After a prompt that was seen before. Programs that print something just like it are typed to at once.
    private static readonly TimeSpan AfterKnownPrompt = TimeSpan.FromMilliseconds(50);
    // After a line that was left open: a prompt not seen before, or a question.
    private static readonly TimeSpan AfterOpenLine = TimeSpan.FromSeconds(1);
    // After anything else: a program that reads without asking. If it is one that does not read, its shell does afterwards.
    private static readonly TimeSpan AfterSilence = TimeSpan.FromSeconds(3);
    private readonly Queue<string> _lines;
    private readonly TextWriter _output;
    private readonly PlainText _text = new();
    private readonly object _gate = new();
    private byte[] _untyped = [];
    private string? _prompt;
    private bool _heard;
    private long _lastSign = Stopwatch.GetTimestamp();
    private long _lastOutput = Stopwatch.GetTimestamp();

    private readonly TimeSpan _giveUpAfter;

    private ScriptedTerminal(IReadOnlyList<string> lines, TextWriter output, TimeSpan giveUpAfter) => (_lines, _output, _giveUpAfter) = (new Queue<string>(lines), output, giveUpAfter);

    event EventHandler? ITerminal.Resized
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public int Columns => 120;

    /// <inheritdoc/>
    public int Rows => 40;

    /// <summary>A terminal without colours, cursor movement and line editing, so that its output reads as text.</summary>
    public string Type => "dumb";

    /// <summary>Types <paramref name="lines"/>, each followed by Enter, and shows what comes back.</summary>
    /// <param name="lines">What to type.</param>
    /// <param name="output">Where to show it; <see langword="null"/>: the process's standard output.</param>
    /// <param name="giveUpAfter">How long after the last line to wait for the end of something that shows nothing at all; <see langword="null"/>: five minutes.</param>
    public static ScriptedTerminal Typing(IReadOnlyList<string> lines, TextWriter? output = null, TimeSpan? giveUpAfter = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new ScriptedTerminal(lines, output ?? Console.Out, giveUpAfter ?? TimeSpan.FromMinutes(5));
    }

    /// <inheritdoc/>
    public IDisposable EnterRawMode() => new Nothing();

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        if (_untyped.Length == 0)
        {
            if (!WaitForTurn(stop)) return 0;
            _untyped = _lines.TryDequeue(out string? line) ? Encoding.UTF8.GetBytes(line + '\r') : [EndOfInput];
        }

        int count = Math.Min(buffer.Length, _untyped.Length);
        _untyped.AsSpan(0, count).CopyTo(buffer);
        _untyped = _untyped[count..];
        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        string text;
        lock (_gate)
        {
            text = _text.Convert(bytes);
            _heard = true;
            _lastSign = _lastOutput = Stopwatch.GetTimestamp();
            Monitor.PulseAll(_gate);
        }

        _output.Write(text);
        _output.Flush();
    }

    private bool WaitForTurn(CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static t => ((ScriptedTerminal)t!).Wake(), this);
        lock (_gate)
        {
            while (true)
            {
                if (stop.IsCancellationRequested || (_lines.Count == 0 && Stopwatch.GetElapsedTime(_lastOutput) > _giveUpAfter)) return false;
                TimeSpan left = Wanted() - Stopwatch.GetElapsedTime(_lastSign);
                if (left <= TimeSpan.Zero) break;
                Monitor.Wait(_gate, left);
            }

            // A prompt is what the shell shows when it waits; its ending tells the next one.
            if (_heard && _text.OpenLine is { Length: >= PromptEnding } line) _prompt = line[^PromptEnding..];
            _heard = false;
            _lastSign = Stopwatch.GetTimestamp();
            return true;
        }
    }

    private TimeSpan Wanted() => !_heard || _text.OpenLine.Length == 0 ? AfterSilence
        : _prompt is not null && _text.OpenLine.EndsWith(_prompt, StringComparison.Ordinal) ? AfterKnownPrompt
        : AfterOpenLine;

    private void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
