using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Bastion.Audit.Events;

/// <summary>Tells what a change did, field by field: of what there was and is, the fields that differ; of what is new or gone, all that are set.</summary>
internal static class EventFields
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // It is a text in a column, not a part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Said by every change, or by the event itself.
    private static readonly string[] Noise = ["Id", "ChangedAt", "CreatedAt", "SeenAt"];

    internal static (string? Before, string? After) Compare(object? before, object? after)
    {
        (SortedDictionary<string, JsonNode?>? was, SortedDictionary<string, JsonNode?>? now) = (Fields(before), Fields(after));
        if (was is not null && now is not null)
        {
            foreach (string name in was.Keys.Union(now.Keys).Where(name => JsonNode.DeepEquals(was.GetValueOrDefault(name), now.GetValueOrDefault(name))).ToList())
            {
                was.Remove(name);
                now.Remove(name);
            }
        }

        return (Write(was), Write(now));
    }

    private static SortedDictionary<string, JsonNode?>? Fields(object? thing) => thing switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> named => new(named.ToDictionary(pair => pair.Key, pair => Node(pair.Value), StringComparer.Ordinal), StringComparer.Ordinal),
        _ => new(Properties(thing.GetType()).ToDictionary(p => p.Name, p => Node(p.GetValue(thing)), StringComparer.Ordinal), StringComparer.Ordinal),
    };

    // What can't be set is made of what can.
    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p is { CanRead: true, CanWrite: true } && !Noise.Contains(p.Name));

    // Nothing, and an empty list, are as if they were not there.
    private static JsonNode? Node(object? value) => JsonSerializer.SerializeToNode(value, Plain) is { } node && node is not (JsonArray { Count: 0 } or JsonObject { Count: 0 }) ? node : null;

    private static string? Write(SortedDictionary<string, JsonNode?>? fields) => fields is null ? null : JsonSerializer.Serialize(fields.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal), Plain);
}
