namespace Bastion.HelpBuilder;

/// <summary>Help can't be built; the message says where to look.</summary>
internal sealed class HelpException(string message) : Exception(message);

/// <summary>One example: what it is for, the commands, what comes of it.</summary>
internal sealed record Example(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>What a cmdlet's markdown page says. Synopsis and parameters come from the code's own comments.</summary>
/// <param name="Description">Paragraphs.</param>
/// <param name="Examples">At least one.</param>
/// <param name="Notes">Paragraphs.</param>
/// <param name="Links">Names of cmdlets and about topics, or URLs.</param>
internal sealed record HelpPage(IReadOnlyList<string> Description, IReadOnlyList<Example> Examples, IReadOnlyList<string> Notes, IReadOnlyList<string> Links)
{
    /// <summary>Reads <c># Name</c>, paragraphs, <c>## Examples</c> with <c>###</c> titles and fenced code, <c>## Notes</c>, <c>## Links</c>. Anything else is an error.</summary>
    public static HelpPage Read(string path)
    {
        if (!File.Exists(path)) throw new HelpException($"{path} is missing: every cmdlet has a page.");
        string name = Path.GetFileNameWithoutExtension(path);
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal) { [""] = [] };
        string current = "";
        bool inCode = false;
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != $"# {name}") throw new HelpException($"{path}: the first line has to be '# {name}'.");
        foreach (string line in lines.Skip(1))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inCode = !inCode;
            if (!inCode && line.StartsWith("## ", StringComparison.Ordinal))
            {
                current = line[3..].Trim();
                if (current is not ("Examples" or "Notes" or "Links") || !sections.TryAdd(current, [])) throw new HelpException($"{path}: '{line}' is not a section, or stands there twice.");
            }
            else sections[current].Add(line);
        }

        Example[] examples = [.. ReadExamples(path, sections.GetValueOrDefault("Examples") ?? [])];
        if (examples.Length == 0) throw new HelpException($"{path} has no example.");
        List<string> description = Paragraphs(sections[""]);
        if (description.Count == 0) throw new HelpException($"{path} has no description.");
        return new HelpPage(description, examples, Paragraphs(sections.GetValueOrDefault("Notes") ?? []),
            [.. (sections.GetValueOrDefault("Links") ?? []).Where(l => l.Trim().Length > 0).Select(l => l.TrimStart('-', ' ').Trim())]);
    }

    private static IEnumerable<Example> ReadExamples(string path, List<string> lines)
    {
        for (int i = 0; i < lines.Count;)
        {
            if (lines[i].Trim().Length == 0)
            {
                i++;
                continue;
            }

            if (!lines[i].StartsWith("### ", StringComparison.Ordinal)) throw new HelpException($"{path}: expected an example's title ('### …'), found '{lines[i]}'.");
            string title = lines[i++][4..].Trim();
            while (i < lines.Count && lines[i].Trim().Length == 0) i++;
            if (i == lines.Count || !lines[i].StartsWith("```", StringComparison.Ordinal)) throw new HelpException($"{path}: example '{title}' has no code.");
            int begin = ++i;
            while (i < lines.Count && !lines[i].StartsWith("```", StringComparison.Ordinal)) i++;
            if (i == lines.Count) throw new HelpException($"{path}: the code of example '{title}' is not closed.");
            string code = string.Join('\n', lines[begin..i]);
            int after = ++i;
            while (i < lines.Count && !lines[i].StartsWith("### ", StringComparison.Ordinal)) i++;
            yield return new Example(title, code, Paragraphs(lines[after..i]));
        }
    }

    private static List<string> Paragraphs(List<string> lines)
    {
        var paragraphs = new List<string>();
        var paragraph = new List<string>();
        foreach (string line in lines.Append(""))
        {
            // List items are lines of their own.
            if ((line.Trim().Length == 0 || line.StartsWith("- ", StringComparison.Ordinal)) && paragraph.Count > 0)
            {
                paragraphs.Add(Plain(string.Join(' ', paragraph)));
                paragraph.Clear();
            }

            if (line.Trim().Length > 0) paragraph.Add(line.Trim());
        }

        return paragraphs;
    }

    private static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
}
