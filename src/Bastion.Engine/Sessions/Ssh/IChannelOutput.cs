namespace Bastion.Sessions.Ssh;

/// <summary>Takes what a channel brings. Called on SSH.NET's receive thread: as long as a call lasts, the host is held back.</summary>
internal interface IChannelOutput
{
    void OnOutput(ReadOnlySpan<byte> bytes);

    void OnError(ReadOnlySpan<byte> bytes);
}
