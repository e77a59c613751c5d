using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Users;

namespace Bastion.Sessions;

/// <summary>Who wants to go where.</summary>
public sealed record SessionRequest
{
    /// <summary>The asset.</summary>
    public required AssetReference Asset { get; init; }
    /// <summary>Account on the asset; <see langword="null"/>: the one that is granted, if it is only one.</summary>
    public string? Account { get; init; }
    /// <summary>The Bastion user; <see langword="null"/>: the one named as the caller. Only administrators may name another.</summary>
    public UserReference? User { get; init; }
    /// <summary>Password for this session only; <see langword="null"/>: what the vault keeps.</summary>
    public string? Password { get; init; }
    /// <summary>What is asked of approvers where a policy wants approval, and whether it is waited for.</summary>
    public ApprovalWish Approval { get; init; } = new();
    /// <summary>For TCP, key exchange and log-on together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override string ToString() => $"{Account}@{Asset}";
}
