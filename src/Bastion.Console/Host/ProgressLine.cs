using System.Management.Automation;

namespace Bastion.Console.Host;

/// <summary>Progress as one line at the bottom of the output, erased when done. Nothing when standard error is no terminal.</summary>
internal sealed class ProgressLine(Terminal terminal)
{
    private static readonly long Pause = TimeSpan.FromMilliseconds(50).Ticks;
    private readonly Lock _gate = new();
    private readonly List<ProgressRecord> _running = [];
    private long _shownAt;
    private bool _isShown;

    /// <summary>Takes a record in and shows the newest; too quick a sequence is thinned.</summary>
    public void Show(ProgressRecord record)
    {
        if (!terminal.ShowsError) return;
        lock (_gate)
        {
            int known = _running.FindIndex(r => r.ActivityId == record.ActivityId);
            if (known >= 0) _running.RemoveAt(known);
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (_running.Count == 0) EraseLine();
                else Draw();
                return;
            }

            _running.Add(record);
            long now = Environment.TickCount64 * TimeSpan.TicksPerMillisecond;
            if (_isShown && now - _shownAt < Pause) return;
            _shownAt = now;
            Draw();
        }
    }

    /// <summary>Takes the line away before other output is written.</summary>
    public void Erase()
    {
        if (!_isShown) return;
        lock (_gate) EraseLine();
    }

    /// <summary>Takes the line away and forgets what was running: the pipeline is over.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _running.Clear();
            EraseLine();
        }
    }

    private void Draw()
    {
        int width = Math.Max(10, terminal.Width - 1);
        ProgressRecord record = _running[^1];
        string text = Compose(record, width);
        terminal.Error.Write($"\r\e[K\e[36m{text}\e[0m");
        terminal.Error.Flush();
        _isShown = true;
    }

    private void EraseLine()
    {
        if (!_isShown) return;
        terminal.Error.Write("\r\e[K");
        terminal.Error.Flush();
        _isShown = false;
    }

    /// <summary>Activity, bar, percent, status, current item and time left, cut to the width.</summary>
    internal static string Compose(ProgressRecord record, int width)
    {
        string text = Printable.Line(record.Activity);
        if (record.PercentComplete is >= 0 and <= 100)
        {
            const int BarWidth = 20;
            int full = record.PercentComplete * BarWidth / 100;
            text += $" {new string('━', full)}{new string('─', BarWidth - full)} {record.PercentComplete,3}%";
        }

        if (!string.IsNullOrWhiteSpace(record.StatusDescription)) text += $"  {Printable.Line(record.StatusDescription)}";
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation)) text += $"  {Printable.Line(record.CurrentOperation)}";
        if (record.SecondsRemaining > 0) text += $"  {TimeSpan.FromSeconds(record.SecondsRemaining):g} left";
        return CellWidth.Cut(text, width);
    }
}
