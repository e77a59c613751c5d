namespace Bastion.Sandbox;

/// <summary>A world file or a change to the world that can't be.</summary>
/// <param name="message">Says what is wrong and, for files, where: <c>file(line): …</c>.</param>
public sealed class WorldException(string message) : Exception(message);
