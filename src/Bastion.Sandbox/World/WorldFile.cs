using System.Net;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bastion.Sandbox;

/// <summary>Reads a world from YAML; JSON is YAML too.</summary>
internal static class WorldFile
{
    private static readonly string[] Kinds = ["member", "management", "outside"];
    private static readonly string[] Joins = ["created", "invited"];
    private static readonly string[] Systems = ["linux", "windows"];

    public static World Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldException($"{path}: {e.Message}");
        }
    }

    public static World Parse(string text, string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new WorldException($"{file}({e.Start.Line}): {e.Message}");
        }
        if (stream.Documents.Count == 0) throw new WorldException($"{file}(1): the file is empty.");
        var root = new YamlMap(file, stream.Documents[0].RootNode, "A world");
        World world = ReadWorld(root);
        root.Done();
        if (world.Accounts.Count(a => a.Kind is AccountKind.Management) != 1)
            throw root.Wrong("accounts", "Exactly one account must have 'kind: management'.");
        return world;
    }

    private static World ReadWorld(YamlMap root)
    {
        YamlMap? directory = root.Map("directory", "'directory'");
        var world = new World(
            new ResourceDirectory(
                directory?.Text("id", "rd-World1") ?? "rd-World1",
                directory?.Text("rootFolderId", "r-World1") ?? "r-World1",
                directory?.Text("identity", "Example Ltd.") ?? "Example Ltd."),
            [.. (root.Has("regions") ? root.Texts("regions") : ["cn-hangzhou"]).Select(Region.Of)])
        {
            InitialLatencyMs = root.Number("latencyMs", 0, 0, 600_000),
            InitialFaults = [.. root.Maps("faults", "A fault").Select(ReadFault)],
        };
        directory?.Done();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlMap account in root.Maps("accounts", "An account")) ReadAccount(account, world, ids);
        return world;
    }

    private static void ReadAccount(YamlMap map, World world, HashSet<string> ids)
    {
        string id = map.Required("id");
        if (id.Length != 16 || !id.All(char.IsAsciiDigit)) throw map.Wrong("id", $"'{id}' is no account id: sixteen digits.");
        if (!ids.Add(id)) throw map.Wrong("id", $"Account {id} is there twice.");
        string join = map.OneOf("join", "created", Joins);
        var account = new Account
        {
            Id = id,
            DisplayName = map.Required("displayName"),
            Kind = Enum.Parse<AccountKind>(map.OneOf("kind", "member", Kinds), ignoreCase: true),
            JoinMethod = join,
            Status = map.OneOf("status", join is "invited" ? "InviteSuccess" : "CreateSuccess", WorldRules.AccountStatuses),
            DelegatedAdministrator = map.Flag("delegatedAdministrator"),
            Folder = map.Text("folder", ""),
            Tags = map.Tags("tags"),
            Roles = [.. ReadRoles(map, id)],
        };
        Instance[] instances = [.. map.Maps("instances", "An instance").Select((m, n) => ReadInstance(m, world, ids, id, n))];
        Database[] databases = [.. map.Maps("databases", "A database").Select((m, n) => ReadDatabase(m, world, ids, id, n))];
        Array.Sort(instances, (a, b) => string.CompareOrdinal(a.Id, b.Id));
        Array.Sort(databases, (a, b) => string.CompareOrdinal(a.Id, b.Id));
        map.Done();
        world.Add(account, () => instances, () => databases);
    }

    private static IEnumerable<Role> ReadRoles(YamlMap account, string accountId)
    {
        if (!account.Has("roles"))
        {
            if (!string.Equals(account.Text("kind", "member"), "management", StringComparison.OrdinalIgnoreCase))
                yield return Account.DirectoryRole(accountId);
            yield break;
        }
        foreach ((string? name, YamlMap? map) in account.Mixed("roles", "A role"))
        {
            Role standard = Account.DirectoryRole(accountId);
            if (name is not null)
            {
                yield return standard with { Name = name };
                continue;
            }
            yield return standard with
            {
                Name = map!.Required("name"),
                TrustedAccounts = map.Has("trusts") ? map.Texts("trusts") : null,
                MaxSession = TimeSpan.FromSeconds(map.Number("maxSessionSeconds", 3600, 3600, 43200)),
            };
            map.Done();
        }
    }

    private static Instance ReadInstance(YamlMap map, World world, HashSet<string> ids, string accountId, int number)
    {
        var instance = new Instance
        {
            Id = Unique(map, ids, $"i-{accountId[^6..]}{number:D4}"),
            Name = map.Required("name"),
            RegionId = RegionOf(map, world),
            Status = map.OneOf("status", "Running", WorldRules.InstanceStatuses),
            OsType = map.OneOf("os", "linux", Systems),
            OsName = map.Text("osName", map.Text("os", "linux") is "linux" ? "Ubuntu 22.04 64 bit" : "Windows Server 2022"),
            PrivateIp = Address(map, "privateIp", $"10.0.{number / 250}.{1 + (number % 250)}"),
            PublicIp = Address(map, "publicIp", ""),
            Eip = Address(map, "eip", ""),
            VpcId = map.Text("vpc", "vpc-" + accountId[^4..]),
            Host = map.Flag("host"),
            Tags = map.Tags("tags"),
        };
        map.Done();
        return instance;
    }

    private static Database ReadDatabase(YamlMap map, World world, HashSet<string> ids, string accountId, int number)
    {
        string engine = map.OneOf("engine", "", WorldRules.Engines);
        string id = Unique(map, ids, $"{(engine is "PostgreSQL" ? "pgm" : "rm")}-{accountId[^6..]}{number:D4}");
        var database = new Database
        {
            Id = id,
            Name = map.Required("name"),
            RegionId = RegionOf(map, world),
            Engine = engine,
            EngineVersion = map.Text("version", engine switch { "PostgreSQL" => "16.0", "SQLServer" => "2022_std", _ => "8.0" }),
            Status = map.OneOf("status", "Running", WorldRules.DatabaseStatuses),
            PrivateIp = Address(map, "privateIp", $"10.1.{number / 250}.{1 + (number % 250)}"),
            PrivateHost = map.Text("privateHost", $"{id}.{engine.ToLowerInvariant()}.rds.aliyuncs.com"),
            PublicHost = map.Text("publicHost", ""),
            Port = map.Number("port", Database.DefaultPort(engine), 1, 65535),
            VpcId = map.Text("vpc", "vpc-" + accountId[^4..]),
            Tags = map.Tags("tags"),
        };
        map.Done();
        return database;
    }

    private static Fault ReadFault(YamlMap map)
    {
        var fault = new Fault
        {
            Kind = Enum.Parse<FaultKind>(map.OneOf("kind", "", Enum.GetNames<FaultKind>()), ignoreCase: true),
            Operation = map.Has("operation") ? map.Required("operation") : null,
            AccountId = map.Has("account") ? map.Required("account") : null,
            Code = map.Has("code") ? map.Required("code") : null,
            HttpStatus = map.Has("httpStatus") ? map.Number("httpStatus", 0, 400, 599) : null,
            Times = map.Has("times") ? map.Number("times", 1, 1, int.MaxValue) : null,
            After = map.Number("after", 0, 0, int.MaxValue),
            PerSecond = map.Has("perSecond") ? map.Number("perSecond", 1, 1, int.MaxValue) : null,
            RetryAfterMs = map.Has("retryAfterMs") ? map.Number("retryAfterMs", 0, 0, int.MaxValue) : null,
            DelayMs = map.Number("delayMs", 0, 0, 600_000),
        };
        map.Done();
        return fault;
    }

    private static string Unique(YamlMap map, HashSet<string> ids, string otherwise)
    {
        string id = map.Text("id", otherwise);
        return ids.Add(id) ? id : throw map.Wrong("id", $"The id {id} is there twice.");
    }

    private static string RegionOf(YamlMap map, World world)
    {
        string id = map.Text("region", world.Regions[0].Id);
        return world.Regions.Any(r => r.Id == id)
            ? id
            : throw map.Wrong("region", $"'{id}' is not among the world's regions: {string.Join(", ", world.Regions.Select(r => r.Id))}.");
    }

    private static string Address(YamlMap map, string key, string otherwise)
    {
        string text = map.Text(key, otherwise);
        return text.Length == 0 || IPAddress.TryParse(text, out _) ? text : throw map.Wrong(key, $"'{text}' is no IP address.");
    }
}
