using System.Globalization;
using System.Text.Json;

namespace Bastion.Sandbox.Cloud;

/// <summary>The parameters of a call, read with the cloud's complaints. The first of two equal names counts.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Parameters(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach ((string name, string value) in pairs) _values.TryAdd(name, value);
    }

    /// <summary>A parameter; null when it is absent or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    public string Required(string name) => Text(name) ?? throw CloudError.Missing(name);

    /// <summary>A number; absent: <paramref name="otherwise"/>; out of range or none: refused.</summary>
    public int Number(string name, int otherwise, int from, int to)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= from && value <= to
            ? value
            : throw CloudError.Invalid(name);
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" or "False" => false,
        "true" or "True" => true,
        _ => throw CloudError.Invalid(name),
    };

    /// <summary>One JSON array of texts in a single parameter; null when it is absent.</summary>
    public IReadOnlyList<string>? JsonTexts(string name, int most)
    {
        if (Text(name) is not { } text) return null;
        try
        {
            string[]? values = JsonSerializer.Deserialize<string[]>(text);
            return values is not null && values.Length <= most ? values : throw CloudError.Invalid(name);
        }
        catch (JsonException)
        {
            throw CloudError.Invalid(name);
        }
    }

    /// <summary><c>Tag.1.Key=…&amp;Tag.1.Value=…</c>; a tag without value matches every value.</summary>
    public IReadOnlyList<(string Key, string? Value)> Tags()
    {
        const string Prefix = "Tag.";
        var numbers = new SortedSet<int>();
        foreach (string name in _values.Keys.Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string[] parts = name.Split('.');
            if (parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) numbers.Add(number);
        }
        if (numbers.Count > 20 || numbers.Any(n => n is < 1 or > 20))
            throw new CloudError(400, "InvalidTagCount", "The specified tags are beyond the permitted range.");
        return [.. numbers.Select(n => (
            Text($"Tag.{n}.Key") ?? throw new CloudError(400, "InvalidTag.Mismatch", "The specified Tag.n.Key and Tag.n.Value are not match."),
            Text($"Tag.{n}.Value")))];
    }
}
