using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastion.Policies.Code;

namespace Bastion.Unit.Policies;

/// <summary>What the writer writes is what the reader reads: rule sections that are yet to come can hold any JSON.</summary>
public sealed class YamlTests
{
    private static readonly string[] Odd =
    [
        "", " ", "~", "null", "Null", "true", "no", "Off", "y", "1", "-1", "1.5", "1e3", "0x1F", "012", ".5", "1_000", "12:30:45", "2026-11-25", "=", "<<", "- a", "-", "? x", "# x", "a # b", "a: b", "a:", ":a",
        "'", "''", "\"", "\\", "it's", " lead", "trail ", "tab\there", "line\nbreak", "\n", "\r\n", "\u0085", "\u2028", "\uFEFF", "\u200B", "\u202E", "\0", "\u001B[31m", "é", "日本", "😀", "\U000E0001", "\u00A0",
        "/^rm\\s+-rf\\b/", "*", "&x", "!tag", "@x", "`x`", "%x", "[a]", "{a}", "a, b", "|", ">", "> x", "10.0.0.0/8", "::1", "2001:db8::/32", "Mon-Fri 08:00-18:00 Europe/Madrid", "rm -rf *", "---", "...", "--- a",
    ];

    private static string RoundTrip(JsonObject value)
    {
        var yaml = new StringBuilder();
        YamlWriter.Write(value, yaml);
        var problems = new Problems();
        YamlNode? node = YamlReader.Read(Encoding.UTF8.GetBytes(yaml.ToString()), problems);
        problems.ThrowIfAny(yaml.ToString());
        using JsonDocument json = RuleReader.ToJson(node!);
        return json.RootElement.GetRawText();
    }

    private static void Same(JsonObject value) => Assert.True(JsonNode.DeepEquals(value, JsonNode.Parse(RoundTrip(value))), value.ToJsonString());

    [Fact]
    public void Every_text_comes_back_as_the_same_text_wherever_it_stands()
    {
        foreach (string text in Odd) Same(new JsonObject { ["k"] = text, ["list"] = new JsonArray(text, text), [$"key {text}"] = 1, ["in"] = new JsonArray(new JsonObject { [text + "k"] = text }) });
    }

    [Fact]
    public void Values_of_every_kind_come_back_nested_as_they_were() => Same((JsonObject)JsonNode.Parse("""
        { "a": null, "b": true, "c": [1, -2.5, "3", false, null, [], {}, [["x"], [{ "y": [1] }]]], "d": {}, "e": [], "f": { "g": { "h": [ { "i": 1, "j": { "k": "l" } }, { "m": [] } ] } } }
        """)!);

    [Fact]
    public void Random_values_come_back()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) Same(Map(random, 0));
    }

    private static JsonObject Map(Random random, int depth)
    {
        var map = new JsonObject();
        for (int i = random.Next(4); i >= 0; i--) map[Odd[random.Next(Odd.Length)]] = Any(random, depth + 1);
        return map;
    }

    private static JsonNode? Any(Random random, int depth) => random.Next(depth < 5 ? 6 : 4) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-1000, 1000),
        3 => Odd[random.Next(Odd.Length)],
        4 => Map(random, depth),
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Any(random, depth + 1))]),
    };
}
