namespace Bastion.Sandbox;

/// <summary>
/// An account and what it owns. Assets of a generated account are computed at each look and kept only once
/// one of them was changed, so that a hundred thousand of them cost nothing.
/// </summary>
internal sealed class Holdings(Account account, Func<IReadOnlyList<Instance>> instances, Func<IReadOnlyList<Database>> databases)
{
    private SortedDictionary<string, Instance>? _instances;
    private SortedDictionary<string, Database>? _databases;

    public Account Account { get; set; } = account;

    public IReadOnlyList<Instance> Instances() => _instances is null ? instances() : [.. _instances.Values];

    public IReadOnlyList<Database> Databases() => _databases is null ? databases() : [.. _databases.Values];

    public void Replace(string id, Instance? instance)
    {
        _instances ??= new(instances().ToDictionary(i => i.Id, StringComparer.Ordinal), StringComparer.Ordinal);
        if (instance is null) _instances.Remove(id);
        else _instances[id] = instance;
    }

    public void Put(string id, Database? database)
    {
        _databases ??= new(databases().ToDictionary(d => d.Id, StringComparer.Ordinal), StringComparer.Ordinal);
        if (database is null) _databases.Remove(id);
        else _databases[id] = database;
    }
}
