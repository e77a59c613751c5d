using System.Text;
using Bastion.Sessions.Ssh;

namespace Bastion.Sessions.Checked;

/// <summary>
/// Takes what the shell says over the second terminal, where no command's output goes. Still only what stands between two copies of a fresh
/// random number is believed: other programs of the same account could write there.
/// </summary>
internal sealed class ShellControl : IChannelOutput
{
    private const int Longest = 64 << 10;
    private readonly object _gate = new();
    private byte[] _said = [];
    private byte[] _mark = [];
    private TaskCompletionSource<string> _told = new();

    /// <summary>What was said that nobody waited for; for messages.</summary>
    internal string Said
    {
        get { lock (_gate) return Encoding.UTF8.GetString(_said); }
    }

    /// <summary>Waits for what stands between two copies of a mark.</summary>
    internal Task<string> Expect(string mark)
    {
        lock (_gate)
        {
            _mark = Encoding.ASCII.GetBytes(mark);
            _told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            Look();
            return _told.Task;
        }
    }

    public void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce)
    {
        lock (_gate)
        {
            _said = [.. _said.AsSpan(Math.Max(0, _said.Length - Longest)), .. bytes];
            Look();
        }
    }

    public void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce) => OnOutput(bytes, moreAtOnce);

    private void Look()
    {
        if (_mark.Length == 0) return;
        int begin = _said.AsSpan().IndexOf(_mark);
        if (begin < 0) return;
        ReadOnlySpan<byte> text = _said.AsSpan(begin + _mark.Length);
        int end = text.IndexOf(_mark);
        if (end < 0) return;
        _told.TrySetResult(Encoding.UTF8.GetString(text[..end]));
        _said = text[(end + _mark.Length)..].ToArray();
        _mark = [];
    }
}
