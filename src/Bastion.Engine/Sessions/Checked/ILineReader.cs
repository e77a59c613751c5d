namespace Bastion.Sessions.Checked;

/// <summary>Gets lines from the operator.</summary>
internal interface ILineReader : IDisposable
{
    /// <summary>Whether a person types.</summary>
    bool IsInteractive { get; }

    /// <summary>What stands in front of each line.</summary>
    ShellPrompt Prompt { get; }

    /// <summary>Reads what is entered next, which may be several lines. Empty: nothing; <see langword="null"/>: no more will come.</summary>
    string? Read();

    /// <summary>Shows a line as if it had just been entered.</summary>
    void Show(string line);
}
