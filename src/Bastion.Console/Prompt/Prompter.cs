using System.Management.Automation;
using System.Runtime.InteropServices;
using Bastion.Prompt;

namespace Bastion.Console.Prompt;

/// <summary>Reads lines at the prompt of this process's terminal. <c>Read-BastionLine</c> calls it.</summary>
public sealed class Prompter : IDisposable
{
    private readonly History _history = new(HistoryFile.Prepare());
    private readonly KeyReader _keys = new(static () => global::System.Console.ReadKey(intercept: true), static () => global::System.Console.KeyAvailable);
    private readonly Language _language = new(isColoured: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    private readonly PosixSignalRegistration? _resize;
    private readonly ScriptBlock _prompt;

    /// <param name="prompt">Gives the prompt, for when the screen is cleared.</param>
    public Prompter(ScriptBlock prompt)
    {
        _prompt = prompt;
        _keys.Start();
        if (!OperatingSystem.IsWindows()) _resize = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _keys.Resized());
    }

    /// <summary>Reads one line; between lines the terminal is as programs expect it.</summary>
    public string Read()
    {
        var screen = new ConsoleScreen();
        global::System.Console.TreatControlCAsInput = true;
        try
        {
            var editor = new LineEditor(screen, _keys, _history, _language, () => string.Concat(_prompt.Invoke()));
            screen.Write(PastedText.Wanted);
            return editor.Read();
        }
        finally
        {
            screen.Write(PastedText.NotWanted);
            global::System.Console.TreatControlCAsInput = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _resize?.Dispose();
        _keys.Dispose();
    }

    private sealed class ConsoleScreen : IScreen
    {
        public int Width => Math.Max(2, global::System.Console.WindowWidth);

        public int Height => Math.Max(1, global::System.Console.WindowHeight);

        public void Write(string text) => global::System.Console.Out.Write(text);
    }
}
