using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bastion.Policies.Rules;

namespace Bastion.Policies.Code;

/// <summary>Reads rule sections with the readers that the store has for them, so that a new kind of section needs nothing here.</summary>
internal static partial class RuleReader
{
    internal static PolicyRules Read(YamlNode? node, Problems problems)
    {
        PolicyRules rules = PolicyRules.None;
        if (node is null or YamlText { IsNull: true }) return rules;
        if (new YamlFields(problems).Map(node, "rules", [.. RuleSections.Names]) is not { } sections) return rules;
        foreach (RuleSection kind in RuleSections.All)
        {
            if (sections.Find(kind.Name) is { } value && Read(kind, value, problems) is { } rule) rules = rules.With(rule);
        }

        return rules;
    }

    private static PolicyRule? Read(RuleSection kind, YamlNode value, Problems problems)
    {
        try
        {
            using JsonDocument json = ToJson(value);
            return kind.Read(json.RootElement);
        }
        catch (Exception e) when (e is FormatException or BastionException)
        {
            problems.Add(Culprit(value, e).At, $"in {kind.Name}: {e.Message}{(e is FormatException ? " New-BhControlPolicy and Export-BhControlPolicy show how the section is written; quotes make a text of a number or word." : "")}");
            return null;
        }
    }

    // The section's reader knows no places, but quotes what it does not take.
    private static YamlNode Culprit(YamlNode section, Exception error)
    {
        string[] quoted = [.. Quoted().Matches(error.Message).Select(m => m.Groups["quoted"].Value)];
        YamlText[] texts = [.. section.Texts];
        string? subject = (error as BastionException)?.Subject;
        return texts.FirstOrDefault(t => quoted.Contains(Printable.Escape(t.Value.Trim())))
            ?? texts.FirstOrDefault(t => subject is { Length: > 0 } && Printable.Escape(t.Value).Contains(subject, StringComparison.Ordinal))
            ?? texts.FirstOrDefault(t => error is FormatException && error.Message.Contains("text was expected", StringComparison.Ordinal) && IsNoText(t))
            ?? section;
    }

    private static bool IsNoText(YamlText text) => text.IsNull || (text.Plain && (text.Value is "true" or "false" || Number().IsMatch(text.Value)));

    internal static JsonDocument ToJson(YamlNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) Write(node, json);
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void Write(YamlNode node, Utf8JsonWriter json)
    {
        switch (node)
        {
            case YamlMap map:
                json.WriteStartObject();
                foreach ((YamlText key, YamlNode value) in map.Members)
                {
                    json.WritePropertyName(key.Value);
                    Write(value, json);
                }

                json.WriteEndObject();
                break;
            case YamlList list:
                json.WriteStartArray();
                foreach (YamlNode item in list.Items) Write(item, json);
                json.WriteEndArray();
                break;
            case YamlText text:
                Write(text, json);
                break;
        }
    }

    // YAML's core schema, as far as JSON has it too.
    private static void Write(YamlText text, Utf8JsonWriter json)
    {
        if (text.IsNull) json.WriteNullValue();
        else if (text is { Plain: true, Value: "true" or "false" }) json.WriteBooleanValue(text.Value == "true");
        else if (text.Plain && Number().IsMatch(text.Value)) json.WriteRawValue(text.Value);
        else json.WriteStringValue(text.Value);
    }

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("'(?<quoted>[^']*)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
