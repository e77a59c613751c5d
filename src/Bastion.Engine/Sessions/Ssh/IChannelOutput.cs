namespace Bastion.Sessions.Ssh;

/// <summary>Takes what a channel brings. Called on SSH.NET's receive thread: as long as a call lasts, the host is held back.</summary>
internal interface IChannelOutput
{
    /// <param name="bytes">What came.</param>
    /// <param name="moreAtOnce">More was received already and comes in the next call, as good as always.</param>
    void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce);

    void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce);
}
