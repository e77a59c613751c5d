namespace Bastion.Sessions.Terminals;

/// <summary>The operator's side of an interactive session.</summary>
public interface ITerminal
{
    /// <summary>Width in characters.</summary>
    int Columns { get; }

    /// <summary>Height in characters.</summary>
    int Rows { get; }

    /// <summary>Value for the asset's <c>TERM</c>.</summary>
    string Type { get; }

    /// <summary>Whether a person types: then <c>~.</c> at the start of a line disconnects, and notices of the bastion are shown.</summary>
    bool IsInteractive => false;

    /// <summary>Raised on a thread of its own when the size has changed.</summary>
    event EventHandler? Resized;

    /// <summary>Gives every key to the session until disposed; then the terminal is as it was before, whatever happened in between, and a write that still waits is given up.</summary>
    /// <exception cref="BastionException">There is no terminal.</exception>
    IDisposable EnterRawMode();

    /// <summary>Waits for keys. Returns 0 at the end of input and when <paramref name="stop"/> is cancelled.</summary>
    /// <exception cref="IOException">The terminal is gone.</exception>
    int Read(Span<byte> buffer, CancellationToken stop);

    /// <summary>Shows bytes; returns when the terminal has taken them.</summary>
    /// <exception cref="IOException">The terminal is gone.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
