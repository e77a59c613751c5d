using System.Collections;
using System.Management.Automation;

namespace Bastion.Specs.Tree;

/// <summary>A block or a test, with the data of the row it was made for.</summary>
internal abstract class Node
{
    /// <summary>The block around it; null for the file.</summary>
    public Block? Parent { get; init; }

    /// <summary>Name, with templates filled in.</summary>
    public required string Name { get; set; }

    /// <summary>Tags of its own.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Said to be left out.</summary>
    public bool Skip { get; init; }

    /// <summary>There is a row: <see cref="Item"/> is <c>$_</c>.</summary>
    public bool HasItem { get; init; }

    /// <summary>The row.</summary>
    public object? Item { get; init; }

    /// <summary>The row's keys as variables.</summary>
    public IEnumerable<DictionaryEntry> Data =>
        (Item is PSObject wrapped ? wrapped.BaseObject : Item) is IDictionary row ? row.Cast<DictionaryEntry>().ToList() : [];

    /// <summary>A block, not a test.</summary>
    public abstract bool IsBlock { get; }

    /// <summary>Names from the outermost block inwards.</summary>
    public string Path => Parent is null ? Name : Parent.Parent is null ? Name : $"{Parent.Path} › {Name}";

    /// <summary>This block or one around it is left out.</summary>
    public bool IsSkipped => Skip || Parent is { IsSkipped: true };

    /// <summary>Tags of it and of the blocks around it.</summary>
    public IEnumerable<string> AllTags => Parent is null ? Tags : Tags.Concat(Parent.AllTags);
}
