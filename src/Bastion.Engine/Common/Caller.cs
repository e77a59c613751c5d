namespace Bastion;

/// <summary>Through which door a call came in.</summary>
public enum FrontDoor
{
    /// <summary>The administrator's own PowerShell module.</summary>
    Module,
    /// <summary>The gateway behind sshd.</summary>
    Gateway,
}

/// <summary>Who calls the engine, from where.</summary>
/// <param name="Name">The operating system's or the gateway's name of the caller; goes into the audit.</param>
/// <param name="SourceAddress">Where the caller sits; loopback for a local console.</param>
/// <param name="Door">Through which door.</param>
/// <param name="IsAdministrator">Whether a caller who has not signed in holds the store, and so may do everything. Who has signed in may do what his roles say, whatever stands here.</param>
public sealed record Caller(string Name, System.Net.IPAddress SourceAddress, FrontDoor Door, bool IsAdministrator)
{
    /// <summary>The id of the Bastion user that signed in; <see langword="null"/>: whoever holds the store itself.</summary>
    public long? UserId { get; init; }

    /// <summary>Whether it is whoever holds the store itself.</summary>
    internal bool HoldsStore => UserId is null && IsAdministrator;
}
