namespace Bastion.Prompt;

/// <summary>Names keys: <c>Ctrl+A</c>, <c>Alt+Left</c>, <c>Shift+Tab</c>; null for a key that types its character.</summary>
internal static class Chord
{
    /// <summary>The key's name.</summary>
    public static string? Of(ConsoleKeyInfo key)
    {
        bool isPrintable = !char.IsControl(key.KeyChar);
        ConsoleModifiers modifiers = key.Modifiers;
        // AltGr of Windows is both
        if (isPrintable && (modifiers & (ConsoleModifiers.Control | ConsoleModifiers.Alt)) is ConsoleModifiers.None or (ConsoleModifiers.Control | ConsoleModifiers.Alt)) return null;

        string name = Name(key);
        if (name is "Enter" or "Escape" or "Backspace") modifiers &= ConsoleModifiers.Alt;
        else if (name.Length == 1) modifiers &= ~ConsoleModifiers.Shift;
        string prefix = modifiers.HasFlag(ConsoleModifiers.Control) ? "Ctrl+" : "";
        if (modifiers.HasFlag(ConsoleModifiers.Alt)) prefix += "Alt+";
        if (modifiers.HasFlag(ConsoleModifiers.Shift)) prefix += "Shift+";
        return prefix + name;
    }

    private static string Name(ConsoleKeyInfo key) => key.KeyChar switch
    {
        '\0' when key.Key is ConsoleKey.Spacebar or ConsoleKey.D2 or ConsoleKey.None => "Space",
        '\r' or '\n' => "Enter",
        '\b' or '\u007f' => "Backspace",
        '\t' => "Tab",
        '\e' => "Escape",
        '\u001f' => "_",
        > '\0' and <= '\u001a' => ((char)(key.KeyChar + '@')).ToString(),
        _ => key.Key switch
        {
            ConsoleKey.LeftArrow => "Left",
            ConsoleKey.RightArrow => "Right",
            ConsoleKey.UpArrow => "Up",
            ConsoleKey.DownArrow => "Down",
            _ when !char.IsControl(key.KeyChar) => char.ToUpperInvariant(key.KeyChar).ToString(),
            _ => key.Key.ToString(),
        },
    };
}
