using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>Reads rules from the store without benefit of the doubt: what is unknown, missing, twice or of another kind is an error.</summary>
internal static class StrictJson
{
    /// <summary>The members of an object, each once.</summary>
    /// <param name="element">The object.</param>
    /// <param name="known">Names that it may have.</param>
    /// <exception cref="FormatException">Not an object, or with unknown or double members.</exception>
    internal static IReadOnlyDictionary<string, JsonElement> Members(JsonElement element, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException($"an object was expected, not {element.ValueKind}.");
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name)) throw new FormatException($"'{Printable.Escape(member.Name)}' is not known to this version of Bastion.");
            if (!members.TryAdd(member.Name, member.Value)) throw new FormatException($"'{member.Name}' is there twice.");
        }

        return members;
    }

    /// <summary>A list of texts that must be there.</summary>
    /// <exception cref="FormatException">Missing, or not a list of texts.</exception>
    internal static IReadOnlyList<string> Texts(IReadOnlyDictionary<string, JsonElement> members, string name) =>
        TextsOrNull(members, name) ?? throw new FormatException($"'{name}' is missing.");

    /// <summary>A list of texts, or <see langword="null"/> when it is not there.</summary>
    /// <exception cref="FormatException">Not a list of texts.</exception>
    internal static IReadOnlyList<string>? TextsOrNull(IReadOnlyDictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out JsonElement value) ? Texts(value) : null;

    /// <summary>A list of texts.</summary>
    /// <exception cref="FormatException">Not a list of texts.</exception>
    internal static IReadOnlyList<string> Texts(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) throw new FormatException($"a list was expected, not {list.ValueKind}.");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException($"a text was expected, not {item.ValueKind}."))];
    }

    /// <summary>A yes or no that must be there.</summary>
    /// <exception cref="FormatException">Missing, or neither.</exception>
    internal static bool Flag(IReadOnlyDictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out JsonElement value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : throw new FormatException($"'{name}' is missing or no yes or no.");

    /// <summary>A whole number that must be there.</summary>
    /// <exception cref="FormatException">Missing, or no whole number.</exception>
    internal static int Number(IReadOnlyDictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw new FormatException($"'{name}' is missing or no whole number.");

    internal static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
