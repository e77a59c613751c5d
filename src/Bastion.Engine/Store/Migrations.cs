using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Bastion.Store;

/// <summary>The schema's steps: numbered <c>.sql</c> files, forward only. The number of the last one applied is SQLite's <c>user_version</c>.</summary>
public static class Migrations
{
    private static readonly Assembly Here = typeof(Migrations).Assembly;

    /// <summary>File names in order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Here.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(name => name.Split(".Migrations.")[^1])
        .Order(StringComparer.Ordinal)];

    /// <summary>The newest schema version that this build knows.</summary>
    public static int Newest => NumberOf(All[^1]);

    internal static int NumberOf(string file) => int.Parse(file.AsSpan(0, 4));

    internal static long VersionOf(Connection connection) => connection.Scalar<long>("PRAGMA user_version");

    internal static void Apply(Connection connection)
    {
        using SqliteTransaction transaction = connection.Begin();
        long version = VersionOf(connection); // read again: another process may have been quicker
        foreach (string file in All.Where(f => NumberOf(f) > version)) connection.Execute(Text(file));
        connection.Execute($"PRAGMA user_version={Newest}");
        transaction.Commit();
    }

    private static string Text(string file)
    {
        string resource = Here.GetManifestResourceNames().Single(name => name.EndsWith(".Migrations." + file, StringComparison.Ordinal));
        using Stream stream = Here.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
