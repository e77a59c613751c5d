using System.Globalization;

namespace Bastion.Policies.Code;

/// <summary>Reads values of the kinds that a key can have; what is of another kind becomes a problem of its place.</summary>
internal sealed class YamlFields(Problems problems)
{
    internal Problems Problems => problems;

    /// <summary>The members, of which only known ones are taken; <see langword="null"/>: these are no members.</summary>
    internal YamlMap? Map(YamlNode node, string what, params string[] known)
    {
        if (node is not YamlMap map)
        {
            problems.Add(node.At, $"{what} is written as keys with values ({string.Join(", ", known)}), not as {node.Kind}.");
            return null;
        }

        foreach ((YamlText key, _) in map.Members)
        {
            if (known.Contains(key.Value, StringComparer.Ordinal)) continue;
            string? near = Names.Nearest(key.Value, known);
            problems.Add(key.At, $"{what} has no key {key.Kind}.{(near is null ? "" : $" Did you mean '{near}'?")} There are {string.Join(", ", known)}.");
        }

        return map;
    }

    /// <summary>A text that must say something.</summary>
    internal YamlText? Text(YamlNode node, string what)
    {
        if (node is YamlText { IsNull: false } text && text.Value.Trim().Length > 0)
        {
            if (text.Value.Length <= Names.MaxLength) return text;
            problems.Add(node.At, $"{what} is longer than the {Names.MaxLength} characters that a name can have: {node.Kind}.");
            return null;
        }

        problems.Add(node.At, $"{what} is a text, not {node.Kind}. Write one behind the key.");
        return null;
    }

    internal bool Flag(YamlNode node, string what)
    {
        if (node is YamlText { Plain: true, Value: "true" or "false" } flag) return flag.Value == "true";
        problems.Add(node.At, $"{what} is true or false, not {node.Kind}.");
        return false;
    }

    internal int Priority(YamlNode node)
    {
        if (node is YamlText { Plain: true } text && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int priority)
            && priority is >= ControlPolicy.FirstPriority and <= ControlPolicy.LastPriority) return priority;
        problems.Add(node.At, $"a priority is a number from {ControlPolicy.FirstPriority}, which decides first, to {ControlPolicy.LastPriority}, not {node.Kind}.");
        return ControlPolicy.FirstPriority;
    }

    /// <summary>The items of a list that must have some.</summary>
    internal IReadOnlyList<YamlNode> Items(YamlNode node, string what, string instead)
    {
        if (node is YamlList { Items.Count: > 0 } list) return list.Items;
        problems.Add(node.At, node is YamlList ? $"the list of {what} is empty. {instead}" : $"{what} are a list ('- ' before each), not {node.Kind}. {instead}");
        return [];
    }

    /// <summary>Names, each once.</summary>
    internal List<YamlText> Texts(YamlNode node, string what, string instead, Func<string, string> key) =>
        Once([.. Items(node, what, instead).Select(item => Text(item, $"each of the {what}")).OfType<YamlText>()], text => text, key);

    /// <summary>Only the first of those with the same name; the others are problems.</summary>
    internal List<T> Once<T>(IReadOnlyList<T> items, Func<T, YamlText> name, Func<string, string> key)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var once = new List<T>();
        foreach (T item in items)
        {
            YamlText text = name(item);
            if (seen.TryAdd(key(text.Value), text.At.Line)) once.Add(item);
            else problems.Add(text.At, $"{text.Kind} is there twice, first in line {seen[key(text.Value)]}. Take one of them out.");
        }

        return once;
    }
}
