using System.Text;
using Bastion.Audit.Recording;
using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>
/// Takes the output of a checked shell's terminal. While a command runs it is drawn as it comes; while the operator types, it becomes news
/// above the line, as plain text. Where a command's output ends is told by a mark in it, that only puts things in order: it is not believed
/// before the shell has said over its second terminal that the command has ended.
/// </summary>
internal sealed class ShellOutput(OutputPump pump, ISessionRecorder recorder, Action<SessionEnd> end) : IChannelOutput
{
    private const int MostNews = 16 << 10;
    private readonly object _gate = new();
    private readonly StringBuilder _news = new();
    private readonly PlainText _text = new();
    private byte[] _mark = [];
    private byte[] _held = [];
    private TaskCompletionSource _ended = new();
    private long _left;
    private bool _running;

    /// <summary>Called when there is news.</summary>
    internal Action OnNews { get; set; } = static () => { };

    /// <summary>Whether what was drawn since this was last cleared could have changed how the terminal works.</summary>
    internal bool HasSequences { get; set; }

    /// <summary>A command begins: what comes is drawn up to the mark.</summary>
    /// <returns>Done when the mark has come.</returns>
    internal Task Run(string mark)
    {
        lock (_gate)
        {
            _mark = Encoding.ASCII.GetBytes(mark);
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _running = true;
            return _ended.Task;
        }
    }

    /// <summary>What came while no command ran, with the terminal's ends of lines; <see langword="null"/>: nothing.</summary>
    internal string? TakeNews()
    {
        lock (_gate)
        {
            if (_news.Length == 0) return null;
            if (_left > 0) _news.Append($"\n[bastion] {_left} more characters are in the recording only.\n");
            else if (_news[^1] != '\n') _news.Append('\n');
            string news = _news.ToString().Replace("\n", "\r\n", StringComparison.Ordinal);
            _news.Clear();
            _left = 0;
            return news;
        }
    }

    public void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce)
    {
        bool isNews;
        lock (_gate)
        {
            if (_running) Draw(bytes, moreAtOnce);
            else Keep(bytes);
            isNews = !_running && _news.Length > 0;
        }

        if (isNews) OnNews();
    }

    public void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce) => OnOutput(bytes, moreAtOnce);

    private void Draw(ReadOnlySpan<byte> bytes, bool moreAtOnce)
    {
        ReadOnlySpan<byte> all = _held.Length == 0 ? bytes : [.. _held, .. bytes];
        _held = [];
        int at = all.IndexOf(_mark);
        if (at >= 0)
        {
            Show(all[..at], moreAtOnce: false);
            _running = false;
            Keep(all[(at + _mark.Length)..]);
            _ended.SetResult();
            return;
        }

        // The beginning of the mark could be its beginning: it waits for what follows.
        int cut = all.Length - Math.Min(all.Length, _mark.Length - 1);
        int begin = all[cut..].IndexOf(_mark[0]);
        while (begin >= 0 && !_mark.AsSpan().StartsWith(all[(cut + begin)..]))
        {
            cut += begin + 1;
            begin = all[cut..].IndexOf(_mark[0]);
        }

        if (begin >= 0) _held = all[(cut + begin)..].ToArray();
        Show(all[..^_held.Length], moreAtOnce);
    }

    private void Show(ReadOnlySpan<byte> bytes, bool moreAtOnce)
    {
        HasSequences |= bytes.Contains((byte)'\e');
        if (bytes.Length > 0) pump.OnOutput(bytes, moreAtOnce);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        try
        {
            recorder.Output(bytes);
        }
        catch (Exception e) when (e is IOException or BastionException or ObjectDisposedException)
        {
            end(SessionEnd.RecorderFailed);
            return;
        }

        string text = _text.Convert(bytes);
        if (_news.Length < MostNews) _news.Append(text);
        else _left += text.Length;
    }
}
