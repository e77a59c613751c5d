using Bastion.Users.Directories;

namespace Bastion.Users.Import;

/// <summary>One user of a list to be imported. What the list has no column for stays as it is; an empty field takes the value away.</summary>
public sealed record UserImportRow
{
    /// <summary>The line on which it begins, from 1; of a directory, the entry's number.</summary>
    public required long Line { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Name for people.</summary>
    public ChangeOf<string> DisplayName { get; init; }
    /// <summary>E-mail address.</summary>
    public ChangeOf<string> Email { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
    /// <summary>Not valid before.</summary>
    public ChangeOf<DateTimeOffset?> ValidFrom { get; init; }
    /// <summary>Not valid from then on.</summary>
    public ChangeOf<DateTimeOffset?> ValidUntil { get; init; }
    /// <summary>Groups that the user is put into; others that the user is in stay.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The directory that knows the user; <see langword="null"/>: a list does, of local users.</summary>
    internal UserDirectory? Directory { get; init; }

    internal NewUser ToNew() => new() { Name = Name, DisplayName = DisplayName.Value, Email = Email.Value, Comment = Comment.Value, ValidFrom = ValidFrom.Value, ValidUntil = ValidUntil.Value };

    internal UserChange ToChange() => new() { DisplayName = DisplayName, Email = Email, Comment = Comment, ValidFrom = ValidFrom, ValidUntil = ValidUntil };
}

/// <summary>What an import does with a user.</summary>
public enum UserImportAction
{
    /// <summary>Nothing: all is as the list says.</summary>
    None,
    /// <summary>Makes it.</summary>
    Add,
    /// <summary>Changes it.</summary>
    Change,
}

/// <summary>What an import did with one user, or would do.</summary>
/// <param name="Line">The line of the list.</param>
/// <param name="User">Name of the user.</param>
/// <param name="Action">What.</param>
/// <param name="Detail">Which fields and groups change, as text.</param>
public sealed record UserImportResult(long Line, string User, UserImportAction Action, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{User}: {Action}";
}

/// <summary>A line of a list can't be imported. Nothing of it was.</summary>
/// <param name="line">Which.</param>
/// <param name="name">The user on it, where known.</param>
/// <param name="why">What is wrong.</param>
/// <param name="cause">The cause.</param>
public sealed class UserImportException(long line, string? name, string why, Exception? cause = null) : BastionException("UserNotImported", ErrorKind.InvalidInput, Printable.Escape(name),
    $"Line {line} was not imported: {why}", cause);
