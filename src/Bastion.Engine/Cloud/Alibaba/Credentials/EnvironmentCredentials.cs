namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>A key in the environment, read at each use.</summary>
internal sealed class EnvironmentCredentials(Surroundings surroundings) : IAlibabaCredentials
{
    private const string Id = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private const string Secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private const string Token = "ALIBABA_CLOUD_SECURITY_TOKEN";

    public ValueTask<AlibabaKey> GetAsync(CancellationToken stop) => surroundings.Get(Id) is { } id && surroundings.Get(Secret) is { } secret
        ? ValueTask.FromResult(new AlibabaKey(id, secret, surroundings.Get(Token)))
        : throw AlibabaErrors.NoCredentials($"{Id} and {Secret} are not both set in the environment");

    public void Reject(AlibabaKey key)
    {
        // Whoever sets the environment may set another
    }

    public void Dispose()
    {
        // Nothing is held
    }
}
