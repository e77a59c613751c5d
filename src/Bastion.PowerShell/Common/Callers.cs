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
    internal static Caller Current() => new(Environment.UserName, Source(), FrontDoor.Module, IsAdministrator: true);

    /// <summary>The present caller with a user's rights only.</summary>
    internal static Caller As(User user)
    {
        Caller holder = Current();
        // The audit must not say that it was the user.
        return holder with { Name = $"{holder.Name} (as {user.Name})", UserId = user.Id, IsAdministrator = false };
    }

    private static IPAddress Source() =>
        Environment.GetEnvironmentVariable("SSH_CONNECTION") is { } connection && IPAddress.TryParse(connection.Split(' ')[0], out IPAddress? address) ? address : IPAddress.Loopback;
}
