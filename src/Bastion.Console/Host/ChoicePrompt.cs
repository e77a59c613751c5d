using System.Collections.ObjectModel;
using System.Management.Automation.Host;

namespace Bastion.Console.Host;

/// <summary>Questions with lettered answers, as -Confirm asks them: <c>[Y] Yes  [A] Yes to All  …  (default is "Y")</c>.</summary>
internal sealed class ChoicePrompt(Terminal terminal, Collection<ChoiceDescription> choices)
{
    /// <summary>Asks until one of the answers is given; an empty line takes the default.</summary>
    public int Ask(string question, int defaultChoice)
    {
        if (question.Length > 0) terminal.Out.WriteLine(question);
        while (true)
        {
            terminal.Out.Write(Line(defaultChoice >= 0 ? [defaultChoice] : []));
            terminal.Out.Flush();
            string answer = ReadAnswer();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            if (string.Equals(answer, "?", StringComparison.Ordinal)) ShowHelp();
            else if (Find(answer) is >= 0 and int found) return found;
        }
    }

    /// <summary>Asks for any number of answers; an empty line ends.</summary>
    public Collection<int> AskMany(string question, IReadOnlyList<int> defaults)
    {
        if (question.Length > 0) terminal.Out.WriteLine(question);
        var chosen = new Collection<int>();
        while (true)
        {
            terminal.Out.Write($"{Line(defaults)}Choice[{chosen.Count}]: ");
            terminal.Out.Flush();
            string answer = ReadAnswer();
            if (answer.Length == 0) return chosen.Count > 0 ? chosen : new Collection<int>([.. defaults]);
            if (string.Equals(answer, "?", StringComparison.Ordinal)) ShowHelp();
            else if (Find(answer) is >= 0 and int found) chosen.Add(found);
        }
    }

    /// <summary>The index that the answer names by its letter or whole label; -1 when none does.</summary>
    internal int Find(string answer)
    {
        for (int i = 0; i < choices.Count; i++)
        {
            (string key, string label) = Parts(choices[i]);
            if (string.Equals(answer, key, StringComparison.OrdinalIgnoreCase) || string.Equals(answer, label, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    private string ReadAnswer() => (terminal.In.ReadLine() ?? throw new EndOfStreamException("Standard input has ended.")).Trim();

    private string Line(IReadOnlyList<int> defaults)
    {
        IEnumerable<string> all = choices.Select((choice, index) =>
        {
            (string key, string label) = Parts(choice);
            string text = key.Length > 0 ? $"[{key}] {label}" : label;
            return defaults.Contains(index) && terminal.ShowsOut ? $"{Ansi.Yellow}{text}{Ansi.Reset}" : text;
        });
        string end = defaults.Count == 0 ? "[?] Help: " : $"[?] Help (default is \"{string.Join(',', defaults.Select(d => Parts(choices[d]).Key))}\"): ";
        return $"{string.Join("  ", all)}  {end}";
    }

    private void ShowHelp()
    {
        foreach (ChoiceDescription choice in choices)
        {
            (string key, string label) = Parts(choice);
            terminal.Out.WriteLine($"{(key.Length > 0 ? key : label)} - {choice.HelpMessage}");
        }
    }

    // "Yes to &All" → key A, label "Yes to All"
    private static (string Key, string Label) Parts(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        string label = choice.Label.Replace("&", "", StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? (choice.Label.Substring(mark + 1, 1).ToUpperInvariant(), label) : (label, label);
    }
}
