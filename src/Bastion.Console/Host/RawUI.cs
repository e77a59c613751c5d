using System.Management.Automation.Host;

namespace Bastion.Console.Host;

/// <summary>Size, title, keys and clearing of the terminal. What only a Windows console buffer can do is refused.</summary>
internal sealed class RawUI(Terminal terminal) : PSHostRawUserInterface
{
    private string _title = "";

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Size BufferSize { get => new(terminal.Width, terminal.Height); set => throw Unsupported(); }

    /// <inheritdoc/>
    public override Size WindowSize { get => new(terminal.Width, terminal.Height); set => throw Unsupported(); }

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get => new(0, 0); set => throw Unsupported(); }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => terminal.ShowsOut ? new(global::System.Console.CursorLeft, global::System.Console.CursorTop) : new(0, 0);
        set
        {
            if (terminal.ShowsOut) global::System.Console.SetCursorPosition(value.X, value.Y);
        }
    }

    /// <inheritdoc/>
    public override int CursorSize { get => 25; set => _ = value; }

    /// <inheritdoc/>
    public override bool KeyAvailable => terminal.ReadsKeys && global::System.Console.KeyAvailable;

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => _title;
        set
        {
            _title = value;
            if (terminal.ShowsOut) terminal.Out.Write($"\e]0;{Printable.Line(value)}\a");
        }
    }

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!terminal.ReadsKeys) throw new HostException("A key cannot be read: standard input is not a terminal.");
        ConsoleKeyInfo key = global::System.Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        var state = default(ControlKeyStates);
        if (key.Modifiers.HasFlag(ConsoleModifiers.Shift)) state |= ControlKeyStates.ShiftPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt)) state |= ControlKeyStates.LeftAltPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control)) state |= ControlKeyStates.LeftCtrlPressed;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (KeyAvailable) _ = global::System.Console.ReadKey(intercept: true);
    }

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source) => CellWidth.Of(source);

    /// <inheritdoc/>
    public override int LengthInBufferCells(char source) =>
        char.IsSurrogate(source) ? 1 : CellWidth.Of(new System.Text.Rune(source));

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // Clear-Host on Windows fills the whole buffer
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 }) throw Unsupported();
        if (terminal.ShowsOut) terminal.Out.Write("\e[H\e[2J\e[3J");
    }

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Unsupported();

    private static HostException Unsupported() => new("A terminal cannot do this; only a Windows console buffer can.");
}
