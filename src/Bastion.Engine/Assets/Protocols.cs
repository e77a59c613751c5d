namespace Bastion.Assets;

/// <summary>Names and usual ports of the protocols that assets speak.</summary>
public static class Protocols
{
    /// <summary>Secure shell, with SFTP.</summary>
    public const string Ssh = "SSH";
    /// <summary>Remote desktop.</summary>
    public const string Rdp = "RDP";
    /// <summary>MySQL and MariaDB.</summary>
    public const string MySql = "MySQL";
    /// <summary>PostgreSQL.</summary>
    public const string PostgreSql = "PostgreSQL";
    /// <summary>SQL Server.</summary>
    public const string SqlServer = "SQLServer";

    private static readonly Dictionary<string, int> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        [Ssh] = 22,
        [Rdp] = 3389,
        [MySql] = 3306,
        [PostgreSql] = 5432,
        [SqlServer] = 1433,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Usual.Keys];

    /// <summary>The name as we spell it, or <see langword="null"/>.</summary>
    public static string? Find(string name) => All.FirstOrDefault(p => p.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal static IReadOnlyDictionary<string, int> Default(AssetKind kind, string? operatingSystem, string? engine)
    {
        string? name = kind == AssetKind.Host
            ? "windows".Equals(operatingSystem, StringComparison.OrdinalIgnoreCase) ? Rdp : Ssh
            : "MariaDB".Equals(engine, StringComparison.OrdinalIgnoreCase) ? MySql : Find(engine ?? "");
        return name is null ? new Dictionary<string, int>() : new Dictionary<string, int> { [name] = Usual[name] };
    }

    internal static IReadOnlyDictionary<string, int> CheckPorts(string asset, IReadOnlyDictionary<string, int> ports)
    {
        var good = new Dictionary<string, int>();
        foreach ((string name, int port) in ports)
        {
            good[Find(name) ?? throw new InvalidPortException(asset, name, port)] =
                port is > 0 and <= 65535 ? port : throw new InvalidPortException(asset, name, port);
        }

        return good;
    }
}
