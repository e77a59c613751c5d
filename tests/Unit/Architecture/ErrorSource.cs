using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bastion.Unit.Architecture;

/// <summary>One error as the source states it.</summary>
/// <param name="Id">Its stable id.</param>
/// <param name="Kind">Words of <see cref="ErrorKind"/>.</param>
/// <param name="Message">The message, with … for what is filled in.</param>
/// <param name="Type">The type it is raised as, or in.</param>
internal sealed record StatedError(string Id, string Kind, string Message, string Type);

/// <summary>Reads from the engine's source which errors it can raise: ids are string literals beside the type that carries them.</summary>
internal sealed partial class ErrorSource
{
    private readonly List<CompilationUnitSyntax> _files;
    private readonly Dictionary<string, TypeDeclarationSyntax> _types = new(StringComparer.Ordinal);

    private ErrorSource(List<CompilationUnitSyntax> files)
    {
        _files = files;
        Dictionary<string, TypeDeclarationSyntax> all = [];
        foreach (TypeDeclarationSyntax type in files.SelectMany(f => f.DescendantNodes().OfType<TypeDeclarationSyntax>())) all.TryAdd(type.Identifier.Text, type);
        for (int before = -1; before != _types.Count;)
        {
            before = _types.Count;
            foreach ((string name, TypeDeclarationSyntax type) in all)
            {
                if (type.BaseList?.Types.Any(b => Name(b.Type) is "BastionException" || _types.ContainsKey(Name(b.Type))) == true) _types.TryAdd(name, type);
            }
        }
    }

    internal static ErrorSource Read(params string[] folders) => new([.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f)).GetCompilationUnitRoot())]);

    /// <summary>Names of the error types.</summary>
    internal IEnumerable<string> Types => _types.Keys;

    /// <summary>Every error, in order of its id.</summary>
    internal IReadOnlyList<StatedError> All() => [.. Stated().DistinctBy(e => (e.Id, e.Message)).OrderBy(e => e.Id, StringComparer.Ordinal).ThenBy(e => e.Message, StringComparer.Ordinal)];

    /// <summary>Whether the source creates the type anywhere, or calls one of its factories.</summary>
    internal bool IsRaised(string type) => _files.SelectMany(f => f.DescendantNodes()).Any(node => node switch
    {
        ObjectCreationExpressionSyntax made => Name(made.Type) == type,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: var owner } } => owner == type && Enclosing(node) != type,
        _ => false,
    });

    private IEnumerable<StatedError> Stated()
    {
        foreach (SyntaxNode node in _files.SelectMany(f => f.DescendantNodes()))
        {
            (ArgumentListSyntax? arguments, string? type) = node switch
            {
                PrimaryConstructorBaseTypeSyntax based when IsError(Name(based.Type)) => (based.ArgumentList, Enclosing(node)),
                ConstructorInitializerSyntax initializer when IsError(Enclosing(node)) => (initializer.ArgumentList, Enclosing(node)),
                ObjectCreationExpressionSyntax made when IsError(Name(made.Type)) => (made.ArgumentList, Name(made.Type)),
                ImplicitObjectCreationExpressionSyntax made when IsError(Enclosing(node)) => (made.ArgumentList, Enclosing(node)),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "No" } } call => (call.ArgumentList, "SessionDeniedException"),
                _ => (null, null),
            };
            if (arguments?.Arguments is not [var first, ..] all || Literal(first.Expression) is not { } id || !IdForm().IsMatch(id)) continue;
            string kind = Kinds(arguments) is { Length: > 0 } stated ? stated : KindOf(type!);
            string message = all.Skip(1).Select(a => Template(a.Expression)).OfType<string>().OrderByDescending(m => m.Length).FirstOrDefault() ?? "";
            yield return new StatedError(id, kind, message, type!);
        }
    }

    private static string Kinds(SyntaxNode within) => string.Join(" / ", within.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Where(m => m.Expression is IdentifierNameSyntax { Identifier.Text: "ErrorKind" }).Select(m => m.Name.Identifier.Text).Distinct());

    // Where the type fixes the kind for all its errors, its call of the base says it.
    private string KindOf(string type) => _types.TryGetValue(type, out TypeDeclarationSyntax? declaration)
        ? Kinds(declaration.DescendantNodes().FirstOrDefault(n => n is PrimaryConstructorBaseTypeSyntax or ConstructorInitializerSyntax) ?? declaration)
        : "";

    private bool IsError(string? name) => name is "BastionException" || (name is not null && _types.ContainsKey(name));

    private static string? Enclosing(SyntaxNode node) => node.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text;

    private static string Name(SyntaxNode type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        _ => type.ToString(),
    };

    private static string? Literal(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null;

    // "There is no '{name}'.{(near is null ? "" : "…")} See Get-X." → There is no '…'. See Get-X.
    private static string? Template(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax => Literal(expression),
        ParenthesizedExpressionSyntax inner => Template(inner.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Template(sum.Left) + Template(sum.Right),
        ConditionalExpressionSyntax choice => Template(choice.WhenTrue) is { } yes && Template(choice.WhenFalse) is { } no ? $"{yes} / {no}" : null,
        InterpolatedStringExpressionSyntax parts => Interpolated(parts),
        _ => null,
    };

    private static string Interpolated(InterpolatedStringExpressionSyntax parts)
    {
        var text = new StringBuilder();
        foreach (InterpolatedStringContentSyntax part in parts.Contents)
        {
            if (part is InterpolatedStringTextSyntax plain) text.Append(plain.TextToken.ValueText.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));
            else text.Append('…');
        }

        return text.ToString();
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]+$")]
    private static partial Regex IdForm();
}
