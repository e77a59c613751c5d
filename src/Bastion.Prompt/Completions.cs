namespace Bastion.Prompt;

/// <summary>One way to go on.</summary>
/// <param name="Text">What to put in.</param>
/// <param name="Label">What the menu shows.</param>
/// <param name="About">A line that explains it.</param>
internal sealed record Completion(string Text, string Label, string About);

/// <summary>The ways to go on from the cursor.</summary>
/// <param name="Start">Where the part begins that they take the place of.</param>
/// <param name="Length">How long that part is.</param>
/// <param name="Choices">The ways.</param>
internal sealed record Completions(int Start, int Length, IReadOnlyList<Completion> Choices)
{
    /// <summary>What all ways begin with, case aside, when it goes beyond what is there; else null.</summary>
    /// <param name="there">The part that would be replaced.</param>
    public string? CommonBeginning(string there)
    {
        string first = Choices[0].Text;
        int length = first.Length;
        foreach (Completion choice in Choices.Skip(1))
        {
            int same = 0;
            while (same < Math.Min(length, choice.Text.Length) && char.ToUpperInvariant(first[same]) == char.ToUpperInvariant(choice.Text[same])) same++;
            length = same;
        }

        return length > there.Length && first.StartsWith(there, StringComparison.OrdinalIgnoreCase) ? first[..length] : null;
    }
}
