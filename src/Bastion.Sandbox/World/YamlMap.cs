using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Bastion.Sandbox;

/// <summary>A mapping of a world file whose every complaint names file and line.</summary>
internal sealed class YamlMap
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public YamlMap(string file, YamlNode node, string what)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw Wrong(node, $"{what} must be a mapping of names to values.");
    }

    public WorldException Wrong(string text) => Wrong(_node, text);

    public WorldException Wrong(string key, string text) => Wrong(Child(key) ?? _node, text);

    public string Required(string key) => Text(key, "") is { Length: > 0 } text ? text : throw Wrong($"'{key}' is missing.");

    public string Text(string key, string otherwise) => Child(key) switch
    {
        null => otherwise,
        YamlScalarNode scalar => scalar.Value ?? "",
        YamlNode other => throw Wrong(other, $"'{key}' must be a text."),
    };

    public string OneOf(string key, string otherwise, IReadOnlyCollection<string> words)
    {
        string text = Text(key, otherwise);
        return words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(key, $"'{key}' can't be '{text}'. It is one of: {string.Join(", ", words)}.");
    }

    public bool Flag(string key) => Text(key, "false") switch
    {
        "true" => true,
        "false" => false,
        string text => throw Wrong(key, $"'{key}' must be true or false, not '{text}'."),
    };

    public int Number(string key, int otherwise, int from, int to)
    {
        string text = Text(key, otherwise.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= from && value <= to
            ? value
            : throw Wrong(key, $"'{key}' must be a number from {from} to {to}, not '{text}'.");
    }

    public IReadOnlyList<YamlMap> Maps(string key, string what) =>
        [.. List(key).Select(n => new YamlMap(_file, n, what))];

    public YamlMap? Map(string key, string what) => Child(key) is { } node ? new YamlMap(_file, node, what) : null;

    public IReadOnlyList<string> Texts(string key) =>
        [.. List(key).Select(n => (n as YamlScalarNode)?.Value ?? throw Wrong(n, $"'{key}' must be a list of texts."))];

    /// <summary>The items of a list that may be texts or mappings.</summary>
    public IEnumerable<(string? Text, YamlMap? Map)> Mixed(string key, string what) => List(key).Select(n =>
        n is YamlScalarNode scalar ? (scalar.Value, (YamlMap?)null) : (null, new YamlMap(_file, n, what)));

    public IReadOnlyDictionary<string, string> Tags(string key)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Child(key) is not { } node) return tags;
        foreach ((YamlNode name, YamlNode value) in (node as YamlMappingNode ?? throw Wrong(node, $"'{key}' must be a mapping.")).Children)
        {
            if (name is not YamlScalarNode { Value: { Length: > 0 } text } || value is not YamlScalarNode scalar)
                throw Wrong(name, $"'{key}' must map texts to texts.");
            tags[text] = scalar.Value ?? "";
        }
        return tags;
    }

    public bool Has(string key) => Child(key) is not null;

    /// <summary>Refuses what nobody asked for: a misspelt name would else be ignored in silence.</summary>
    public void Done()
    {
        foreach (YamlNode key in _node.Children.Keys)
            if (key is not YamlScalarNode { Value: { } name } || !_read.Contains(name))
                throw Wrong(key, $"'{key}' is not known here. Known: {string.Join(", ", _read.Order(StringComparer.Ordinal))}.");
    }

    private IEnumerable<YamlNode> List(string key) => Child(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        YamlNode other => throw Wrong(other, $"'{key}' must be a list."),
    };

    private YamlNode? Child(string key)
    {
        _read.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;
    }

    private WorldException Wrong(YamlNode node, string text) => new($"{_file}({node.Start.Line}): {text}");
}
