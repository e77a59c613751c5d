using System.Globalization;

namespace Bastion.Sandbox;

/// <summary>A world of any size, made from numbers alone: asset <c>n</c> of account <c>m</c> is always the same.</summary>
internal static class GeneratedWorld
{
    private static readonly Region[] Regions = [Region.Of("cn-hangzhou"), Region.Of("ap-southeast-1"), Region.Of("eu-central-1")];
    private static readonly string[] Stages = ["prod", "test", "dev"];
    private static readonly string[] Duties = ["web", "app", "cache", "batch"];

    public static World Make(int accounts, int assets)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(accounts);
        ArgumentOutOfRangeException.ThrowIfNegative(assets);
        var world = new World(new ResourceDirectory("rd-Gen001", "r-Gen001", "Generated Ltd."), Regions);
        world.Add(new Account { Id = "1000000000000001", DisplayName = "management", Kind = AccountKind.Management }, () => [], () => []);
        world.Add(
            new Account
            {
                Id = "1000000000000002",
                DisplayName = "operations",
                DelegatedAdministrator = true,
                Roles = [Account.DirectoryRole("1000000000000002")],
            },
            () => [], () => []);
        int databases = assets / 10;
        for (int m = 0; m < accounts; m++)
        {
            int number = m;
            world.Add(
                MakeAccount(number),
                () => [.. Enumerable.Range(0, assets - databases).Select(n => MakeInstance(number, n))],
                () => [.. Enumerable.Range(0, databases).Select(n => MakeDatabase(number, n)).OrderBy(d => d.Id, StringComparer.Ordinal)]);
        }
        return world;
    }

    private static Account MakeAccount(int m)
    {
        string id = (2_000_000_000_000_000L + m).ToString(CultureInfo.InvariantCulture);
        bool invited = m % 4 == 3;
        return new Account
        {
            Id = id,
            DisplayName = $"unit-{m:D4}",
            JoinMethod = invited ? "invited" : "created",
            Status = invited ? "InviteSuccess" : "CreateSuccess",
            Folder = $"division-{m % 10}",
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["env"] = Stages[m % Stages.Length] },
            Roles = [Account.DirectoryRole(id)],
        };
    }

    private static Instance MakeInstance(int m, int n)
    {
        bool windows = n % 5 == 4;
        return new Instance
        {
            Id = $"i-gen{m:x5}{n:x5}",
            Name = $"{Duties[n % Duties.Length]}-{n:D3}",
            RegionId = Regions[n % Regions.Length].Id,
            Status = n % 10 == 7 ? "Stopped" : "Running",
            OsType = windows ? "windows" : "linux",
            OsName = windows ? "Windows Server 2022" : "Ubuntu 22.04 64 bit",
            PrivateIp = Address(m, n),
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["env"] = Stages[m % Stages.Length] },
        };
    }

    private static Database MakeDatabase(int m, int n)
    {
        (string engine, string version, string prefix) = (n % 3) switch
        {
            0 => ("MySQL", "8.0", "rm"),
            1 => ("PostgreSQL", "16.0", "pgm"),
            _ => ("SQLServer", "2022_std", "rm"),
        };
        string id = $"{prefix}-gen{m:x5}{n:x5}";
        return new Database
        {
            Id = id,
            Name = $"db-{n:D3}",
            RegionId = Regions[n % Regions.Length].Id,
            Engine = engine,
            EngineVersion = version,
            Port = Database.DefaultPort(engine),
            PrivateHost = $"{id}.{engine.ToLowerInvariant()}.rds.aliyuncs.com",
            PrivateIp = Address(m, 50_000 + n),
        };
    }

    // 10.0.0.0/8, a sixteenth of a million addresses for each account, so unique within an account only: as in life
    private static string Address(int m, int n) => $"10.{m % 250}.{n / 250 % 250}.{1 + (n % 250)}";
}
