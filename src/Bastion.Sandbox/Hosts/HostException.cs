namespace Bastion.Sandbox.Hosts;

/// <summary>A real host could not be started.</summary>
/// <param name="message">Says why and what helps.</param>
public sealed class HostException(string message) : Exception(message);
