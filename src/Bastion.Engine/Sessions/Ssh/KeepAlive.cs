namespace Bastion.Sessions.Ssh;

/// <summary>Asks a silent host whether it is still there, and gives the connection up when it does not answer.</summary>
internal sealed class KeepAlive : IDisposable
{
    private const int UnansweredAtMost = 3;
    private readonly SshChannel _channel;
    private readonly TimeSpan _every;
    private readonly Timer _timer;
    private int _unanswered;

    internal KeepAlive(SshChannel channel, TimeSpan every)
    {
        (_channel, _every) = (channel, every);
        _timer = new Timer(_ => Tick(), null, every, every);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        // While the operator's terminal takes no more (Ctrl-S), nothing that the host answers is read.
        if (_channel.Heard || _channel.Held || _channel.Ended.IsCompleted) _unanswered = 0;
        else if (_unanswered == UnansweredAtMost)
        {
            _channel.Lose(new TimeoutException($"the host has not answered for {_every.TotalSeconds * (UnansweredAtMost + 1):0.###} s"));
            return;
        }
        else _unanswered++;

        _channel.Heard = false;
        // A tick that follows may find this one stuck in a send that goes nowhere; the count goes on.
        if (_unanswered > 0) _ = _channel.AskAsync(ChannelRequest.AreYouThere(), CancellationToken.None).ContinueWith(t => _ = t.Exception, TaskScheduler.Default);
    }
}
