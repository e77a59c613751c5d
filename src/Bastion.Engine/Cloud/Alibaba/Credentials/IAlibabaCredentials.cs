namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>Where keys come from.</summary>
internal interface IAlibabaCredentials : IDisposable
{
    /// <summary>A key that is good now. Cheap to ask for each call.</summary>
    /// <exception cref="CloudException">There is none.</exception>
    ValueTask<AlibabaKey> GetAsync(CancellationToken stop);

    /// <summary>The cloud says that this key has expired: the next one must be another, if the source can give one.</summary>
    void Reject(AlibabaKey key);
}

/// <summary>A key that was given and does not change.</summary>
internal sealed class GivenCredentials(AlibabaKey key) : IAlibabaCredentials
{
    public ValueTask<AlibabaKey> GetAsync(CancellationToken stop) => ValueTask.FromResult(key);

    public void Reject(AlibabaKey key)
    {
        // There is no other
    }

    public void Dispose() => key.Wipe();
}
