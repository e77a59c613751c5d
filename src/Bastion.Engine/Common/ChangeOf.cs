namespace Bastion;

/// <summary>A value that an update sets, or leaves as it is: tells "set to nothing" from "not mentioned".</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="IsSet">Whether the update mentions it.</param>
/// <param name="Value">What to set.</param>
public readonly record struct ChangeOf<T>(bool IsSet, T? Value)
{
    /// <summary>The value after the update.</summary>
    public T? Or(T? present) => IsSet ? Value : present;

    /// <summary>An update that sets the value.</summary>
    public static implicit operator ChangeOf<T>(T? value) => new(true, value);
}
