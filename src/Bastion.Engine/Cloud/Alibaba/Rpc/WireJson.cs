using System.Globalization;
using System.Text.Json;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>
/// Reads the cloud's JSON with its habits: numbers as text and text as numbers, fields that are missing or null, lists in a wrapper
/// named in the singular.
/// </summary>
internal static class WireJson
{
    /// <summary>A field as text; <see langword="null"/> when it is missing, null or empty.</summary>
    internal static string? Text(this JsonElement element, string name)
    {
        if (Field(element, name) is not { } field) return null;
        string? text = field.ValueKind switch
        {
            JsonValueKind.String => field.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => field.GetRawText(),
            _ => throw RpcFault.Unreadable($"'{name}' is no text"),
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A field that must be there.</summary>
    internal static string Required(this JsonElement element, string name) => element.Text(name) ?? throw RpcFault.Unreadable($"'{name}' is missing");

    /// <summary>A whole number; 0 when it is missing.</summary>
    internal static int Number(this JsonElement element, string name) => element.Text(name) is not { } text ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw RpcFault.Unreadable($"'{name}' is no whole number");

    /// <summary>A point in time; <see langword="null"/> when it is missing or in no form that is known.</summary>
    internal static DateTimeOffset? Time(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>An object; empty when it is missing.</summary>
    internal static JsonElement Child(this JsonElement element, string name) => Field(element, name) switch
    {
        null => default,
        { ValueKind: JsonValueKind.Object } child => child,
        _ => throw RpcFault.Unreadable($"'{name}' is no object"),
    };

    /// <summary>The list <c>wrapper.item[]</c>; empty when wrapper or list is missing. A bare list in the wrapper's place is read too.</summary>
    internal static IReadOnlyList<JsonElement> List(this JsonElement element, string wrapper, string item) => Find(element, wrapper, item) ?? [];

    /// <summary>As <see cref="List"/>, but with a count that says whether there must be one.</summary>
    internal static IReadOnlyList<JsonElement> Counted(this JsonElement element, string wrapper, string item, int count) =>
        Find(element, wrapper, item) ?? (count == 0 ? [] : throw RpcFault.Unreadable($"it counts {count} but has no '{wrapper}.{item}'"));

    /// <summary>The texts of a list; empty ones left out.</summary>
    internal static IEnumerable<string> Texts(this JsonElement element, string wrapper, string item) =>
        element.List(wrapper, item).Select(e => e.ValueKind == JsonValueKind.String ? e.GetString() : null).Where(text => !string.IsNullOrEmpty(text))!;

    private static JsonElement[]? Find(JsonElement element, string wrapper, string item)
    {
        JsonElement? list = Field(element, wrapper) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } bare => bare,
            { ValueKind: JsonValueKind.Object } inner => Field(inner, item),
            _ => throw RpcFault.Unreadable($"'{wrapper}' is no object"),
        };
        return list switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null)],
            _ => throw RpcFault.Unreadable($"'{wrapper}.{item}' is no list"),
        };
    }

    private static JsonElement? Field(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.Object => element.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null ? field : null,
        _ => throw RpcFault.Unreadable($"something that should hold '{name}' is no object"),
    };
}
