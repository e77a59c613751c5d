namespace Bastion.Sessions.Checked;

/// <summary>Takes down what was entered, before it runs, and how it ended.</summary>
internal interface ICommandLog
{
    /// <summary>A command was denied.</summary>
    void Denied(string text, CommandVerdict verdict);

    /// <summary>A command is about to be sent.</summary>
    /// <returns>To be called with its exit code, or <see langword="null"/> when that is not known, once it has ended.</returns>
    Action<int?> Begin(string text, CommandVerdict verdict);
}
