using System.Globalization;
using System.Text;

namespace Bastion;

/// <summary>The rules for names that people give to things, and the key by which two names are the same.</summary>
public static class Names
{
    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int MaxLength = 128;

    // Letters of other scripts that most fonts draw like a Latin letter. A name that differs only by these is a twin, not another name.
    private const string Twins = "АAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

    /// <summary>Checks a new name.</summary>
    /// <param name="what">What is named, e.g. <c>asset</c>; for the message.</param>
    /// <param name="name">The name.</param>
    /// <returns>The name, trimmed.</returns>
    /// <exception cref="InvalidNameException">Empty, too long, or with characters that cannot be seen or that deceive.</exception>
    public static string Check(string what, string? name)
    {
        string trimmed = (name ?? "").Trim();
        if (trimmed.Length == 0) throw new InvalidNameException(what, name, "it is empty");
        if (trimmed.Length > MaxLength) throw new InvalidNameException(what, Printable.Escape(trimmed[..40]) + "…", $"it is longer than {MaxLength} characters");
        Rune before = default;
        foreach (Rune rune in trimmed.EnumerateRunes())
        {
            // Composed and decomposed letters look the same; only the composed form is taken, whatever Unicode tables the host brings.
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark && before.Value is < 0x590 and > 0)
                throw new InvalidNameException(what, Printable.Escape(trimmed), $"it holds a combining mark (U+{rune.Value:X4}); write the letter with its accent as one character");
            before = rune;
            if (Printable.IsHidden(rune))
                throw new InvalidNameException(what, Printable.Escape(trimmed), $"it holds a hidden or direction-changing character (U+{rune.Value:X4})");
            if (rune.Value is '*' or '?' or '[' or ']' or '`')
                throw new InvalidNameException(what, trimmed, $"'{rune}' is a wildcard character");
        }

        return trimmed;
    }

    /// <summary>Two names are the same when their keys are: case, width and look-alike letters don't count.</summary>
    public static string Key(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Done by hand: Unicode normalisation differs between hosts with and without ICU, and keys live in the store.
        string upper = name.Trim().ToUpperInvariant();
        if (Ascii.IsValid(upper)) return upper;
        var key = new StringBuilder(upper.Length);
        foreach (char c in upper)
        {
            int twin = Twins.IndexOf(c, StringComparison.Ordinal);
            if (twin >= 0 && twin % 2 == 0) key.Append(Twins[twin + 1]);
            else if (c is >= '\uFF01' and <= '\uFF5E') key.Append(char.ToUpperInvariant((char)(c - 0xFEE0)));
            else key.Append(c);
        }

        return key.ToString();
    }

    /// <summary>Refuses a name that something else of its kind has; what keeps its own name, or only its case, has no twin.</summary>
    /// <param name="what">What is named, e.g. <c>asset</c>; for the message.</param>
    /// <param name="name">The new name.</param>
    /// <param name="own">Its name so far; <see langword="null"/>: it is new.</param>
    /// <param name="isTaken">Whether something of its kind has a key.</param>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    internal static void RefuseTwin(string what, string name, string? own, Func<string, bool> isTaken)
    {
        string key = Key(name);
        if ((own is null || Key(own) != key) && isTaken(key)) throw new NameTakenException(what, name);
    }

    /// <summary>The nearest of some names to one that was not found, or <see langword="null"/> when none is close.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string key = Key(name);
        (string? best, int distance) = (null, Math.Max(2, key.Length / 3) + 1);
        foreach (string candidate in candidates)
        {
            int d = Distance(key, Key(candidate), distance);
            if (d < distance) (best, distance) = (candidate, d);
        }

        return best;
    }

    // Optimal string alignment: a swap of two neighbours, the commonest slip, counts as one.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit) return limit;
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}

/// <summary>A name breaks the rules.</summary>
/// <param name="what">What should have been named.</param>
/// <param name="name">The name, made printable.</param>
/// <param name="why">Which rule.</param>
public sealed class InvalidNameException(string what, string? name, string why)
    : BastionException("InvalidName", ErrorKind.InvalidInput, name, $"'{name}' can't be the name of the {what}: {why}. Use up to {Names.MaxLength} visible characters without wildcards.");

/// <summary>The name is taken.</summary>
/// <param name="what">What has the name, e.g. <c>asset</c>.</param>
/// <param name="name">The name.</param>
public sealed class NameTakenException(string what, string name)
    : BastionException("NameTaken", ErrorKind.AlreadyExists, name, $"There is already a {what} called '{name}' (names are compared without case or look-alike letters). Choose another name, or change that {what} instead.");

/// <summary>Makes text of unknown origin safe to show.</summary>
public static class Printable
{
    /// <summary>Replaces control characters and direction marks by <c>\u{…}</c>.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        bool clean = true;
        foreach (Rune rune in text.EnumerateRunes()) clean &= !IsHidden(rune);
        if (clean) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsHidden(rune)) safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            else safe.Append(rune);
        }

        return safe.ToString();
    }

    /// <summary>Control characters, format characters (zero width, direction marks), line separators, unpaired surrogates, private use.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        || rune == Rune.ReplacementChar;
}
