using System.Text;
using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>The rule sections of one policy. Immutable.</summary>
public sealed class PolicyRules
{
    private readonly string? _stored;

    private PolicyRules(IEnumerable<PolicyRule> sections) =>
        Sections = [.. from name in RuleSections.Names from rule in sections where rule.Section == name select rule];

    private PolicyRules(string stored, string fault) => (Sections, _stored, Fault) = ([], stored, fault);

    /// <summary>No section set.</summary>
    public static PolicyRules None { get; } = new([]);

    /// <summary>The sections that are set.</summary>
    public IReadOnlyList<PolicyRule> Sections { get; }

    /// <summary>Why the rules can't be read; <see langword="null"/>: they can.</summary>
    public string? Fault { get; }

    /// <summary>A section, or <see langword="null"/> when it is not set.</summary>
    public T? Get<T>() where T : PolicyRule => Sections.OfType<T>().FirstOrDefault();

    /// <summary>The same with a section set anew.</summary>
    public PolicyRules With(PolicyRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new PolicyRules(Sections.Where(r => r.Section != rule.Section).Append(rule));
    }

    /// <summary>The same without a section.</summary>
    /// <exception cref="UnknownRuleSectionException">There is no such section.</exception>
    public PolicyRules Without(string section)
    {
        string name = RuleSections.Find(section);
        return new PolicyRules(Sections.Where(r => r.Section != name));
    }

    /// <inheritdoc/>
    public override string ToString() => Fault is not null ? $"(unreadable: {Fault})" : Sections.Count == 0 ? "(none)" : string.Join("; ", Sections);

    internal PolicyRule? Of(string section) => Sections.FirstOrDefault(r => r.Section == section);

    /// <summary>As the store keeps it.</summary>
    internal string Write()
    {
        if (_stored is not null) return _stored;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (PolicyRule rule in Sections)
            {
                json.WritePropertyName(rule.Section);
                rule.Write(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads what the store keeps. Rules in which anything is in doubt have a <see cref="Fault"/> and no sections.</summary>
    internal static PolicyRules Read(string stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            IReadOnlyDictionary<string, JsonElement> members = StrictJson.Members(document.RootElement, [.. RuleSections.Names]);
            return new PolicyRules(RuleSections.All.Where(kind => members.ContainsKey(kind.Name)).Select(kind => kind.Read(members[kind.Name])).ToList());
        }
        catch (Exception e) when (e is JsonException or FormatException or BastionException)
        {
            return new PolicyRules(stored, Printable.Escape(e is JsonException ? "it is not JSON." : e.Message));
        }
    }
}
