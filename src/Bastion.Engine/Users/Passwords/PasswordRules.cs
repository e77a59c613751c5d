using System.Buffers;
using System.Text;
using Bastion.Users.SignIn;

namespace Bastion.Users.Passwords;

/// <summary>What a new password must be.</summary>
internal static class PasswordRules
{
    private const int FewestDifferent = 5;
    private const int ShortestName = 3;
    private static readonly string[] Common = Load();
    private static readonly SearchValues<char> Words = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Checks a password; the error never repeats any of it.</summary>
    /// <param name="user">Whose it would be.</param>
    /// <param name="password">UTF-8.</param>
    /// <param name="policy">The store's rules.</param>
    /// <exception cref="PasswordRefusedException">It breaks a rule.</exception>
    internal static void Check(User user, byte[] password, SignInPolicy policy)
    {
        char[] characters = new char[Encoding.UTF8.GetMaxCharCount(password.Length)];
        int length = Encoding.UTF8.GetChars(password, characters);
        try
        {
            if (Why(user, characters.AsSpan(0, length), policy) is { } why) throw new PasswordRefusedException(user.Name, why);
        }
        finally
        {
            Array.Clear(characters);
        }
    }

    private static string? Why(User user, ReadOnlySpan<char> password, SignInPolicy policy)
    {
        (int length, int classes, int different, bool hidden) = Measure(password);
        if (hidden) return "it holds a hidden or control character";
        if (length < policy.MinPasswordLength) return $"it is shorter than {policy.MinPasswordLength} characters";
        if (length > SignInPolicy.LongestPassword) return $"it is longer than {SignInPolicy.LongestPassword} characters";
        if (classes < policy.MinPasswordClasses) return $"it needs characters of at least {policy.MinPasswordClasses} of these kinds: lower case, upper case, digits, others";
        if (different < FewestDifferent) return $"it has fewer than {FewestDifferent} different characters";
        foreach (string part in Parts(user))
        {
            if (password.Contains(part, StringComparison.OrdinalIgnoreCase)) return "it holds the user's name or address";
        }

        return IsCommon(password) ? "it is one of the commonest, or one of them with a few characters changed" : null;
    }

    private static (int Length, int Classes, int Different, bool Hidden) Measure(ReadOnlySpan<char> password)
    {
        int length = 0, classes = 0;
        bool hidden = false;
        var different = new HashSet<Rune>();
        foreach (Rune rune in password.EnumerateRunes())
        {
            length++;
            different.Add(rune);
            hidden |= Printable.IsHidden(rune);
            classes |= Rune.IsLower(rune) ? 1 : Rune.IsUpper(rune) ? 2 : Rune.IsDigit(rune) ? 4 : 8;
        }

        return (length, int.PopCount(classes), different.Count, hidden);
    }

    private static IEnumerable<string> Parts(User user) => new[] { user.Name, user.DisplayName, user.Email?.Split('@')[0] }
        .OfType<string>().SelectMany(text => text.Split([' ', '.', '-', '_']).Append(text)).Where(part => part.Length >= ShortestName);

    // People make P@ssw0rd2026! of a common word: what is added at the ends and what is written with look-alikes is taken back.
    private static bool IsCommon(ReadOnlySpan<char> password)
    {
        Span<char> lower = stackalloc char[password.Length];
        Span<char> plain = stackalloc char[password.Length];
        password.ToLowerInvariant(lower);
        for (int i = 0; i < lower.Length; i++) plain[i] = Plain(lower[i]);
        int first = lower.IndexOfAnyInRange('a', 'z'), last = lower.LastIndexOfAnyInRange('a', 'z');
        int firstWord = lower.IndexOfAny(Words), lastWord = lower.LastIndexOfAny(Words);
        bool common = false;
        foreach ((int from, int to) in (ReadOnlySpan<(int, int)>)[(0, lower.Length - 1), (0, last), (first, last), (firstWord, lastWord)])
        {
            if (from >= 0 && to >= from) common |= Is(lower[from..(to + 1)]) || Is(plain[from..(to + 1)]);
        }

        lower.Clear();
        plain.Clear();
        return common;
    }

    // No copy of the password is made for the look-up.
    private static bool Is(ReadOnlySpan<char> text)
    {
        foreach (string common in Common)
        {
            if (text.SequenceEqual(common)) return true;
        }

        return false;
    }

    private static char Plain(char c)
    {
        const string Twins = "0o1l3e4a5s7t@a$s!i8b9g";
        int twin = Twins.IndexOf(c, StringComparison.Ordinal);
        return twin >= 0 && twin % 2 == 0 ? Twins[twin + 1] : c;
    }

    private static string[] Load()
    {
        using Stream stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("Bastion.Users.Passwords.common.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
    }
}
