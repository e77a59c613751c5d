namespace Bastion.Sandbox;

/// <summary>What became of an instance.</summary>
/// <param name="accountId">Its owner.</param>
/// <param name="instanceId">Which one.</param>
/// <param name="instance">As it is now; null: released.</param>
public sealed class InstanceChangedEventArgs(string accountId, string instanceId, Instance? instance) : EventArgs
{
    /// <summary>Its owner.</summary>
    public string AccountId => accountId;

    /// <summary>Which one.</summary>
    public string InstanceId => instanceId;

    /// <summary>As it is now; null: released.</summary>
    public Instance? Instance => instance;
}
