using System.Text;

namespace Bastion.Console.Host;

/// <summary>The process's standard streams, and whether each is a terminal. The only place that touches <see cref="global::System.Console"/>.</summary>
internal sealed class Terminal
{
    private Terminal()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows())
        {
            global::System.Console.OutputEncoding = utf8;
            global::System.Console.InputEncoding = utf8;
        }

        Out = global::System.Console.Out;
        Error = global::System.Console.Error;
    }

    /// <summary>The terminal of this process.</summary>
    public static Terminal System { get; } = new();

    /// <summary>Standard output.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard input, by lines.</summary>
    public TextReader In { get; } = global::System.Console.In;

    /// <summary>Somebody sits in front of it: keys come in.</summary>
    public bool ReadsKeys { get; } = !global::System.Console.IsInputRedirected;

    /// <summary>Standard output is shown on a screen.</summary>
    public bool ShowsOut { get; } = !global::System.Console.IsOutputRedirected && !IsDumb;

    /// <summary>Standard error is shown on a screen.</summary>
    public bool ShowsError { get; } = !global::System.Console.IsErrorRedirected && !IsDumb;

    /// <summary>Columns; 120 when output goes into a file, unless COLUMNS says otherwise.</summary>
    public int Width => Screen(static () => global::System.Console.WindowWidth) ?? FromEnvironment("COLUMNS") ?? 120;

    /// <summary>Rows; 50 when output goes into a file.</summary>
    public int Height => Screen(static () => global::System.Console.WindowHeight) ?? FromEnvironment("LINES") ?? 50;

    private static bool IsDumb => string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);

    private int? Screen(Func<int> size)
    {
        if (!ShowsOut) return null;
        try
        {
            int value = size();
            return value > 0 ? value : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int? FromEnvironment(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int value) && value is > 0 and < 10_000 ? value : null;
}
