namespace Bastion.Prompt;

/// <summary>Which key does what to the text: the keys of bash, and those of Windows where they do not clash.</summary>
internal static class KeyMap
{
    /// <summary>The keys that only change the text or move the cursor.</summary>
    public static Dictionary<string, Action> For(EditBuffer buffer) => new(StringComparer.Ordinal)
    {
        ["Left"] = buffer.Left,
        ["Ctrl+B"] = buffer.Left,
        ["Right"] = buffer.Right,
        ["Ctrl+F"] = buffer.Right,
        ["Home"] = buffer.Home,
        ["Ctrl+A"] = buffer.Home,
        ["End"] = buffer.End,
        ["Ctrl+E"] = buffer.End,
        ["Ctrl+Left"] = buffer.WordLeft,
        ["Alt+Left"] = buffer.WordLeft,
        ["Alt+B"] = buffer.WordLeft,
        ["Ctrl+Right"] = buffer.WordRight,
        ["Alt+Right"] = buffer.WordRight,
        ["Alt+F"] = buffer.WordRight,
        ["Backspace"] = buffer.DeleteLeft,
        ["Delete"] = buffer.DeleteRight,
        ["Ctrl+K"] = buffer.KillToEnd,
        ["Ctrl+U"] = buffer.KillToStart,
        ["Ctrl+W"] = buffer.KillBlankWordLeft,
        ["Alt+Backspace"] = buffer.KillWordLeft,
        ["Alt+D"] = buffer.KillWordRight,
        ["Ctrl+Delete"] = buffer.KillWordRight,
        ["Ctrl+Y"] = buffer.Yank,
        ["Ctrl+Z"] = buffer.Undo,
        ["Ctrl+_"] = buffer.Undo,
    };
}
