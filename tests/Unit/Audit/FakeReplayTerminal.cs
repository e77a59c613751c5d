using System.Text;
using Bastion.Audit.Replay.Screens;
using Bastion.Audit.Replay.Terminals;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit.Audit;

/// <summary>A viewer whose time passes only while he waits, and who presses keys at set times.</summary>
internal sealed class FakeReplayTerminal : IReplayTerminal
{
    private readonly StringBuilder _written = new();
    private readonly VtParser _parser;
    private readonly Queue<(TimeSpan At, ReplayKey Key)> _keys;

    public FakeReplayTerminal(int columns = 100, int rows = 30, params (double Seconds, ReplayKey Key)[] keys)
    {
        Size = (columns, rows);
        Seen = new Screen(columns, rows);
        _parser = new VtParser(Seen);
        _keys = new(keys.Select(k => (TimeSpan.FromSeconds(k.Seconds), k.Key)));
    }

    public FakeTimeProvider Clock { get; } = new();

    public (int Columns, int Rows) Size { get; set; }

    /// <summary>What the viewer sees.</summary>
    public Screen Seen { get; }

    /// <summary>All that was written.</summary>
    public string Written => _written.ToString();

    /// <summary>When something was written and what the screen then was.</summary>
    public List<(TimeSpan At, string Rows)> Frames { get; } = [];

    public bool IsGivenBack { get; private set; }

    /// <summary>Called before each key is pressed and each time some time passes.</summary>
    public Action<TimeSpan> OnRead { get; init; } = _ => { };

    public TimeSpan Now => Clock.GetUtcNow() - Clock.Start;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        _written.Append(text);
        _parser.Feed(text);
        Frames.Add((Now, Rows(Seen)));
    }

    public ReplayKey Read(TimeSpan limit, CancellationToken stop)
    {
        OnRead(Now);
        if (_keys.TryPeek(out var next) && next.At <= Now + limit)
        {
            _keys.Dequeue();
            if (next.At > Now) Clock.Advance(next.At - Now);
            return next.Key;
        }

        Clock.Advance(limit);
        return ReplayKey.None;
    }

    public void Dispose() => IsGivenBack = true;

    /// <summary>A screen's rows as text.</summary>
    public static string Rows(Screen screen)
    {
        var text = new StringBuilder();
        for (int row = 0; row < screen.Grid.Rows; row++)
        {
            int start = text.Length;
            foreach (Cell cell in screen.Grid[row].Cells) text.Append(cell.Text ?? " ");
            while (text.Length > start && text[^1] == ' ') text.Length--;
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
