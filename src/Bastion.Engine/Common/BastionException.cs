namespace Bastion;

/// <summary>What sort of thing went wrong; each host maps it to its own categories in one place.</summary>
public enum ErrorKind
{
    /// <summary>The named thing is not there.</summary>
    NotFound,
    /// <summary>The name or id is taken.</summary>
    AlreadyExists,
    /// <summary>What was given does not make sense.</summary>
    InvalidInput,
    /// <summary>The caller, a grant or a policy does not allow it.</summary>
    Denied,
    /// <summary>A key, password or token was not accepted.</summary>
    Authentication,
    /// <summary>The other side cannot be reached or answers with faults.</summary>
    Connection,
    /// <summary>It took longer than it may.</summary>
    Timeout,
    /// <summary>The thing's present state does not allow the change.</summary>
    Conflict,
    /// <summary>Store, vault, recording or another local resource can't be used or trusted.</summary>
    Resource,
    /// <summary>Identity, integrity or a signature does not hold.</summary>
    Security,
}

/// <summary>The root of every error that the engine raises on purpose.</summary>
/// <param name="id">Stable id, part of the public contract: scripts test for it.</param>
/// <param name="kind">What sort of error it is.</param>
/// <param name="subject">What it is about: a name, id or path; never a secret.</param>
/// <param name="message">What happened and what to do next. Never holds a secret.</param>
/// <param name="inner">The cause, where there is one.</param>
public abstract class BastionException(string id, ErrorKind kind, string? subject, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Stable id of the error.</summary>
    public string Id { get; } = id;

    /// <summary>What sort of error it is.</summary>
    public ErrorKind Kind { get; } = kind;

    /// <summary>What the error is about: a name, id or path.</summary>
    public string? Subject { get; } = subject;
}
