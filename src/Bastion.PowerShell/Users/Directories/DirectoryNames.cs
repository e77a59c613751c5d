namespace Bastion.PowerShell.Users.Directories;

/// <summary>Names of directories.</summary>
public sealed class DirectoryNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.UserDirectories.List([]).Select(d => new Name(d.Name, $"{d.Server} {d.BaseDn}"));
}
