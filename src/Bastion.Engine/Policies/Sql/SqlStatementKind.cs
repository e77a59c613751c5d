using System.Text.Json.Serialization;

namespace Bastion.Policies.Sql;

/// <summary>What a statement does. One can do several things: <c>INSERT … SELECT</c>, a <c>WITH</c> that deletes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SqlStatementKind>))]
public enum SqlStatementKind
{
    /// <summary>Reads rows, also by <c>RETURNING</c> and <c>OUTPUT</c>.</summary>
    Select = 1,
    /// <summary>Adds rows.</summary>
    Insert,
    /// <summary>Changes rows, or takes the next value of a sequence.</summary>
    Update,
    /// <summary>Deletes rows, also by <c>REPLACE</c>.</summary>
    Delete,
    /// <summary><c>MERGE</c>; what it does to rows counts too.</summary>
    Merge,
    /// <summary>Makes tables and other objects.</summary>
    Create,
    /// <summary>Changes objects.</summary>
    Alter,
    /// <summary>Drops objects.</summary>
    Drop,
    /// <summary>Empties tables.</summary>
    Truncate,
    /// <summary>Gives rights; makes, changes and drops users and roles.</summary>
    Grant,
    /// <summary>Takes rights away.</summary>
    Revoke,
    /// <summary>Sets something for the session.</summary>
    Set,
    /// <summary>Goes to another database.</summary>
    Use,
    /// <summary>Begin, commit, roll back.</summary>
    Transaction,
    /// <summary>Calls a procedure.</summary>
    Call,
    /// <summary>Tells a plan; what it runs to do so counts too.</summary>
    Explain,
    /// <summary><c>COPY</c>, or rows into a file.</summary>
    Copy,
    /// <summary>Rows out of a file, or a library.</summary>
    Load,
    /// <summary>Locks tables or rows.</summary>
    Lock,
    /// <summary>Tells settings, states and definitions.</summary>
    Show,
    /// <summary>Looks after tables: <c>ANALYZE</c>, <c>VACUUM</c>, <c>OPTIMIZE</c>, <c>REINDEX</c>.</summary>
    Maintain,
    /// <summary>Anything else.</summary>
    Other,
}
