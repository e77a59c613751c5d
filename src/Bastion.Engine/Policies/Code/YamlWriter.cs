using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bastion.Policies.Code;

/// <summary>Writes JSON values as YAML for people: the same value, the same text. What a reader could take for anything else than a text is quoted.</summary>
internal static partial class YamlWriter
{
    private const int Step = 2;

    internal static void Write(JsonObject value, StringBuilder yaml) => Members(value, yaml, 0, afterDash: false);

    private static void Value(JsonNode? value, StringBuilder yaml, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: 0 }:
                yaml.Append(" {}\n");
                break;
            case JsonObject members:
                yaml.Append('\n');
                Members(members, yaml, indent, afterDash: false);
                break;
            case JsonArray { Count: 0 }:
                yaml.Append(" []\n");
                break;
            case JsonArray items:
                yaml.Append('\n');
                foreach (JsonNode? item in items)
                {
                    yaml.Append(' ', indent).Append('-');
                    if (item is JsonObject { Count: > 0 } map) Members(map, yaml, indent + Step, afterDash: true);
                    else Value(item, yaml, indent + Step);
                }

                break;
            default:
                yaml.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void Members(JsonObject members, StringBuilder yaml, int indent, bool afterDash)
    {
        foreach ((string key, JsonNode? value) in members)
        {
            if (afterDash) yaml.Append(' ');
            else yaml.Append(' ', indent);
            afterDash = false;
            yaml.Append(Text(key)).Append(':');
            Value(value, yaml, indent + Step);
        }
    }

    private static string Scalar(JsonNode? value) =>
        value is null ? "null" : value.GetValueKind() == JsonValueKind.String ? Text(value.GetValue<string>()) : value.ToJsonString();

    private static string Text(string text) =>
        Harmless().IsMatch(text) && !Word().IsMatch(text) ? text
        : text.EnumerateRunes().Any(Printable.IsHidden) ? Escaped(text)
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Escaped(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append(rune);
            else if (rune.Value == '\n') quoted.Append("\\n");
            else if (rune.Value == '\r') quoted.Append("\\r");
            else if (rune.Value == '\t') quoted.Append("\\t");
            else if (!Printable.IsHidden(rune)) quoted.Append(rune);
            else if (rune.IsBmp) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return quoted.Append('"').ToString();
    }

    // Begins with a letter, and has no colon or blank at the end, nor a colon before a blank.
    [GeneratedRegex(@"\A[A-Za-z](?:[A-Za-z0-9 _./+@-]|:(?! ))*(?<![ :])\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Harmless();

    // Words that some reader of YAML takes for another kind of value.
    [GeneratedRegex(@"\A(?:null|true|false|yes|no|on|off|y|n|inf|nan)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
