using System.Net;
using Bastion.Users;

namespace Bastion.PowerShell;

/// <summary>Who sits at the prompt, as the operating system tells it.</summary>
internal static class Callers
{
    /// <summary>
    /// The present caller. Whoever can open the store through the module is its administrator (docs/security.md); a prompt that was
    /// reached by ssh is told apart by the address that sshd put into SSH_CONNECTION.
    /// </summary>
    /// <param name="acting">The user with whose rights he acts; <see langword="null"/>: with all that the store's holder has.</param>
    internal static Caller Current(User? acting)
    {
        var holder = new Caller(Environment.UserName, Source(), FrontDoor.Module, IsAdministrator: true);
        // The audit must not say that it was the user.
        return acting is null ? holder : holder with { Name = $"{holder.Name} (as {acting.Name})", UserId = acting.Id, IsAdministrator = false };
    }

    private static IPAddress Source() =>
        Environment.GetEnvironmentVariable("SSH_CONNECTION") is { } connection && IPAddress.TryParse(connection.Split(' ')[0], out IPAddress? address) ? address : IPAddress.Loopback;
}
