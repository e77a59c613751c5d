namespace Bastion.Prompt;

/// <summary>The terminal, as far as the line editor needs it.</summary>
internal interface IScreen
{
    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Writes text and control sequences.</summary>
    void Write(string text);
}
