using System.Runtime.InteropServices;

namespace Bastion.Policies.Code;

/// <summary>A place in a file, both counted from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(int Line, int Column);

/// <summary>A piece of a YAML document, and where it stands.</summary>
internal abstract record YamlNode(Place At)
{
    /// <summary>What it is, for messages.</summary>
    internal abstract string Kind { get; }

    /// <summary>It and all texts in it, keys too, in the order of the file.</summary>
    internal abstract IEnumerable<YamlText> Texts { get; }
}

/// <summary>A text, number or word.</summary>
internal sealed record YamlText(Place At, string Value, bool Plain) : YamlNode(At)
{
    internal override string Kind => IsNull ? "nothing" : $"'{Printable.Escape(Value.Length <= 60 ? Value : Value[..60] + "…")}'";

    internal override IEnumerable<YamlText> Texts => [this];

    /// <summary>Nothing was written, or YAML's word for it.</summary>
    internal bool IsNull => Plain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record YamlList(Place At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    internal override string Kind => "a list";

    internal override IEnumerable<YamlText> Texts => Items.SelectMany(i => i.Texts);
}

/// <summary>Keys with values; each key once.</summary>
internal sealed record YamlMap(Place At, IReadOnlyList<(YamlText Key, YamlNode Value)> Members) : YamlNode(At)
{
    internal override string Kind => "keys with values";

    internal override IEnumerable<YamlText> Texts => Members.SelectMany(m => m.Value.Texts.Prepend(m.Key));

    internal YamlNode? Find(string key) => Members.FirstOrDefault(m => m.Key.Value == key).Value;
}
