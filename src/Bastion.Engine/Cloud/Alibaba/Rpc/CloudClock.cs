namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>The cloud's time: this machine's, corrected by what the cloud told when it found a date too far off.</summary>
/// <param name="machine">This machine's clock.</param>
internal sealed class CloudClock(TimeProvider machine)
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(1);
    private long _offset;

    internal TimeProvider Machine => machine;

    internal DateTimeOffset Now => machine.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    /// <summary>Takes over the cloud's time.</summary>
    /// <returns><see langword="false"/> when it is the one already held: the clock was not what was wrong.</returns>
    internal bool Correct(DateTimeOffset? cloud)
    {
        if (cloud is not { } told || (told - Now).Duration() < Noticeable) return false;
        Volatile.Write(ref _offset, (told - machine.GetUtcNow()).Ticks);
        return true;
    }
}
