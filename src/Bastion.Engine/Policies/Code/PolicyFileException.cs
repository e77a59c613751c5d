namespace Bastion.Policies.Code;

/// <summary>Something wrong in a file of policies.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record PolicyProblem(int Line, int Column, string Message);

/// <summary>A file of policies has errors. Nothing was changed.</summary>
public sealed class PolicyFileException : BastionException
{
    private const int Shown = 20;

    internal PolicyFileException(string path, IReadOnlyList<PolicyProblem> problems)
        : base("PolicyFileInvalid", ErrorKind.InvalidInput, path,
            $"'{path}' has {(problems.Count == 1 ? "an error" : $"{problems.Count} errors")}, and nothing was changed. Correct the file and try again.{Environment.NewLine}{List(path, problems)}") =>
        (Path, Problems) = (path, problems);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; }

    // path:line:column is what editors and terminals make a link of.
    private static string List(string path, IReadOnlyList<PolicyProblem> problems) => string.Join(Environment.NewLine, problems.Take(Shown)
        .Select(p => $"{path}:{p.Line}:{p.Column}: {p.Message}")
        .Concat(problems.Count > Shown ? [$"… and {problems.Count - Shown} more"] : []));
}

/// <summary>A file is longer than any file of policies.</summary>
/// <param name="path">The file.</param>
public sealed class PolicyFileTooLongException(string path) : BastionException("PolicyFileTooLong", ErrorKind.InvalidInput, path,
    $"'{path}' has more than {YamlReader.LongestFile / 1024 / 1024} MiB and was not read. Split it into several files, if it really holds policies.");

/// <summary>What is wrong in a file, as it is found.</summary>
internal sealed class Problems
{
    // Who has more errors than this has another kind of file; looking up the rest would only take time.
    private const int Most = 1000;
    private const int LongestMessage = 1000;
    private readonly List<PolicyProblem> _found = [];

    internal void Add(Place at, string message) =>
        _found.Add(new PolicyProblem(at.Line, at.Column, message.Length <= LongestMessage ? message : message[..LongestMessage] + "…"));

    /// <summary>Runs a look-up or check of one value; an error of ours is a problem of the value's place.</summary>
    /// <returns>Default when it failed.</returns>
    internal T? Try<T>(Place at, Func<T> work)
    {
        if (_found.Count >= Most) return default;
        try
        {
            return work();
        }
        catch (BastionException e)
        {
            Add(at, e.Message);
            return default;
        }
    }

    /// <exception cref="PolicyFileException">There is any.</exception>
    internal void ThrowIfAny(string path)
    {
        if (_found.Count > 0) throw new PolicyFileException(path, [.. _found.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }
}
