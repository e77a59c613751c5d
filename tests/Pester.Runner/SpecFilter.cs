using Bastion.Specs.Tree;

namespace Bastion.Specs;

/// <summary>Which tests run: those whose path contains the text and who have one of the tags; an empty filter takes all.</summary>
internal sealed record SpecFilter(string Text = "", IReadOnlyList<string>? Tags = null)
{
    public bool IsEmpty => Text.Length == 0 && Tags is not { Count: > 0 };

    public bool Takes(Test test) =>
        (Text.Length == 0 || test.Path.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (Tags is not { Count: > 0 } || test.AllTags.Any(tag => Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)));
}
