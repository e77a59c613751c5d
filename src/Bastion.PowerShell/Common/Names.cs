using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Bastion.PowerShell;

/// <summary>A name that completes, with what the menu tells of it.</summary>
/// <param name="Text">The name.</param>
/// <param name="Tip">One line for the menu.</param>
public sealed record Name(string Text, string Tip);

/// <summary>Where completion gets names from: one query a concept.</summary>
public interface INames
{
    /// <summary>All names that fit what the command line says so far; matching what was typed is the base's.</summary>
    /// <param name="engine">The open store.</param>
    /// <param name="bound">The parameters so far.</param>
    IEnumerable<Name> All(Engine engine, Bound bound);
}

/// <summary>The parameters on the command line so far.</summary>
public sealed class Bound
{
    private readonly IDictionary _parameters;

    internal Bound(IDictionary parameters, Caller caller) => (_parameters, Caller) = (parameters, caller);

    /// <summary>For whom it completes.</summary>
    internal Caller Caller { get; }

    /// <summary>A parameter's values as text; empty when it is not given.</summary>
    public IReadOnlyList<string> Texts(string parameter) => Unwrap(_parameters[parameter]) switch
    {
        null => [],
        string text => [text],
        IEnumerable many => [.. many.Cast<object>().Select(Text).OfType<string>()],
        var one => Text(one) is { } text ? [text] : [],
    };

    private static string? Text(object? value) => Convert.ToString(Unwrap(value), CultureInfo.InvariantCulture);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

/// <summary>The parameter completes names of the store.</summary>
/// <typeparam name="T">Where the names come from.</typeparam>
public sealed class CompletesNameAttribute<T>() : ArgumentCompleterAttribute(typeof(NameCompleter<T>))
    where T : INames, new();

/// <summary>Completes names: matches, quotes, and is silent when the store can't be asked.</summary>
/// <typeparam name="T">Where the names come from.</typeparam>
public sealed class NameCompleter<T> : IArgumentCompleter
    where T : INames, new()
{
    private const int Most = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            StoreSession store = StoreSession.Of(Runspace.DefaultRunspace);
            Engine engine = store.Open();
            var pattern = new WildcardPattern(typed + "*", WildcardOptions.IgnoreCase);
            return [.. new T().All(engine, new Bound(fakeBoundParameters ?? new Hashtable(), store.Caller))
                .Where(name => pattern.IsMatch(name.Text))
                .Take(Most)
                .Select(name => new CompletionResult(Quote(name.Text), name.Text, CompletionResultType.ParameterValue, string.IsNullOrEmpty(name.Tip) ? name.Text : name.Tip))];
        }
        catch (Exception e) when (e is BastionException or WildcardPatternException)
        {
            // A prompt is no place for errors while somebody types.
            return [];
        }
    }

    // What would not be one plain word is quoted, so that a name can't become code.
    private static string Quote(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '/' or '\\' or ':' || (c == '-' && name[0] != '-')) && !char.IsAsciiDigit(name[0])
            ? name
            : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
