using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bastion.Assets;
using Bastion.Policies;
using Bastion.Users;

namespace Bastion.Approvals;

/// <summary>Who wants to do exactly what.</summary>
/// <param name="User">The user.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Account">The login on it.</param>
/// <param name="Channel">What is opened.</param>
/// <param name="Command">The whole text of a command; <see langword="null"/>: none is named.</param>
/// <param name="Source">From where.</param>
internal sealed record ApprovalSubject(User User, Asset Asset, AssetAccount Account, ProtocolChannel Channel, string? Command, IPAddress Source)
{
    /// <inheritdoc/>
    public override string ToString() => $"{User.Name} → {Account.Name}@{Asset.Name}";

    /// <summary>What carries the channel is what a session is approved for: its parts need no other yes.</summary>
    internal ProtocolChannel Opened => ProtocolChannels.Carrier(Channel) ?? Channel;

    /// <summary>The hash of exactly what is run.</summary>
    internal static string? HashOf(string? command) => command is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(command)));

    /// <summary>Whether a request is about just this.</summary>
    internal bool Is(ApprovalRequest request) => request.UserId == User.Id && request.AssetId == Asset.Id && request.AccountId == Account.Id && request.Account == Account.Name
        && request.Channel == Opened.ToString() && (request.Kind == ApprovalKind.Session || (request.CommandHash is not null && request.CommandHash == HashOf(Command)));
}
