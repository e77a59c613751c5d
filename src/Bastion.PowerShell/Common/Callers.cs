using System.Net;

namespace Bastion.PowerShell;

/// <summary>Who sits at the prompt, as the operating system tells it.</summary>
internal static class Callers
{
    /// <summary>
    /// The present caller. Whoever can open the store through the module is its administrator (docs/security.md); a prompt that was
    /// reached by ssh is told apart by the address that sshd put into SSH_CONNECTION.
    /// </summary>
    internal static Caller Current() => new(Environment.UserName, Source(), FrontDoor.Module, IsAdministrator: true);

    private static IPAddress Source() =>
        Environment.GetEnvironmentVariable("SSH_CONNECTION") is { } connection && IPAddress.TryParse(connection.Split(' ')[0], out IPAddress? address) ? address : IPAddress.Loopback;
}
