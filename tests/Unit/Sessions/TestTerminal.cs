using System.Collections.Concurrent;
using System.Text;
using Bastion.Sessions.Terminals;

namespace Bastion.Unit.Sessions;

/// <summary>A terminal in memory: tests type on it and look at what it shows.</summary>
public sealed class TestTerminal : ITerminal, IDisposable
{
    // Far more than anything takes here; a test that waits so long has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly BlockingCollection<byte[]> _keys = [];
    private readonly ManualResetEventSlim _takes = new(true);
    private readonly MemoryStream _shown = new();
    private byte[] _rest = [];

    public event EventHandler? Resized;

    public int Columns { get; private set; } = 80;

    public int Rows { get; private set; } = 24;

    public string Type => "xterm-256color";

    public bool IsInteractive { get; init; } = true;

    public bool IsRaw { get; private set; }

    /// <summary>Bytes a second that it takes; 0: any number.</summary>
    public int Speed { get; set; }

    public bool Gone { get; set; }

    public byte[] Bytes
    {
        get { lock (_shown) return _shown.ToArray(); }
    }

    public long Count
    {
        get { lock (_shown) return _shown.Length; }
    }

    public string Shown => Encoding.UTF8.GetString(Bytes);

    public void Press(string keys) => _keys.Add(Encoding.UTF8.GetBytes(keys));

    public void Press(byte[] keys) => _keys.Add(keys);

    public void EndInput() => _keys.CompleteAdding();

    /// <summary>As Ctrl-S and Ctrl-Q do.</summary>
    public void Stop() => _takes.Reset();

    public void Go() => _takes.Set();

    public void Resize(int columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        Resized?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Waits until the text, or the other, has been shown, after <paramref name="from"/>.</summary>
    public async Task<string> SeeAsync(string text, int from = 0, string? other = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Shown is var shown)
        {
            int at = shown.Length > from ? shown.IndexOf(text, from, StringComparison.Ordinal) : -1;
            if (at < 0 && other is not null && shown.Length > from) at = shown.IndexOf(other, from, StringComparison.Ordinal);
            if (at >= 0) return shown;
            if (patience.IsCancellationRequested) throw new TimeoutException($"'{text}' was not shown; this was: {shown[Math.Max(0, shown.Length - 2000)..]}");
            await Task.Delay(5, CancellationToken.None);
        }

        throw new InvalidOperationException();
    }

    public IDisposable EnterRawMode()
    {
        IsRaw = true;
        return new Cooked(this);
    }

    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        try
        {
            if (_rest.Length == 0) _rest = _keys.Take(stop);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest.AsSpan(0, count).CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Gone) throw new IOException("The terminal is gone.");
        _takes.Wait();
        if (Speed > 0) Thread.Sleep(TimeSpan.FromSeconds((double)bytes.Length / Speed));
        lock (_shown) _shown.Write(bytes);
    }

    public void Dispose()
    {
        _takes.Set();
        _keys.Dispose();
        _shown.Dispose();
    }

    private sealed class Cooked(TestTerminal terminal) : IDisposable
    {
        public void Dispose() => terminal.IsRaw = false;
    }
}
