using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bastion.Policies.Code;

/// <summary>
/// Reads one YAML document of plain texts, lists and keys. What makes YAML dangerous is refused: anchors and aliases (which let a small file
/// become a huge one), tags (which name types), several documents, deep nesting, more than there can be.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Longest file, in bytes.</summary>
    internal const int LongestFile = 4 * 1024 * 1024;
    private const int Deepest = 12;
    private const int MostNodes = 250_000;

    private readonly Parser _parser;
    private readonly Problems _problems;
    private int _nodes;

    private YamlReader(TextReader text, Problems problems) => (_parser, _problems) = (new Parser(text), problems);

    /// <summary>The document, or <see langword="null"/> when it can't be read; why is among the problems then.</summary>
    internal static YamlNode? Read(ReadOnlySpan<byte> file, Problems problems)
    {
        if (Decode(file, problems) is not { } text) return null;
        var reader = new YamlReader(new StringReader(text), problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (FaultException e)
        {
            problems.Add(e.At, e.Message);
        }
        catch (YamlException e)
        {
            problems.Add(Of(e.Start), $"this is not YAML: {Printable.Escape(e.InnerException?.Message ?? e.Message)} Check indentation (blanks, not tabs), quotes and colons here and in the line before.");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser is not ours; what it stumbles over is no document of ours either.
            problems.Add(reader._parser.Current is { } last ? Of(last.End) : new Place(1, 1), $"this is not YAML: {Printable.Escape(e.Message)} Rewrite what stands here.");
        }

        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> file, Problems problems)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (file.StartsWith(mark)) file = file[3..];
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(file);
        }
        catch (DecoderFallbackException e)
        {
            ReadOnlySpan<byte> before = file[..Math.Clamp(e.Index, 0, file.Length)];
            problems.Add(new Place(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n')), "this is not text in UTF-8. Save the file as UTF-8.");
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        Next<StreamStart>();
        if (_parser.MoveNext() && _parser.Current is StreamEnd)
        {
            _problems.Add(new Place(1, 1), $"the file is empty. It begins with '{PolicyFormat.Line}'.");
            return null;
        }

        if (_parser.Current is DocumentStart { Tags: { Count: > 0 } tags } start && tags.Any(t => t.Handle is not ("!" or "!!"))) throw new FaultException(Of(start.Start), "%TAG is not taken. Take the line out.");
        _parser.MoveNext();
        YamlNode root = ReadNode(0);
        Next<DocumentEnd>();
        _parser.MoveNext();
        if (_parser.Current is not StreamEnd) throw new FaultException(Of(_parser.Current!.Start), "a second document begins here. Write all policies into one list, without '---' between them.");
        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        ParsingEvent at = _parser.Current!;
        Place place = Of(at.Start);
        if (at is AnchorAlias alias) throw new FaultException(place, $"'*{Printable.Escape(alias.Value.Value)}' refers to another place; aliases are not taken. Write out what is meant.");
        if (at is not NodeEvent node) throw new FaultException(place, "something is missing here.");
        if (!node.Anchor.IsEmpty) throw new FaultException(place, $"'&{Printable.Escape(node.Anchor.Value)}' is an anchor; anchors and aliases are not taken. Write out what is meant.");
        if (!node.Tag.IsEmpty) throw new FaultException(place, $"'{Printable.Escape(node.Tag.Value)}' is a tag; tags are not taken. Take it out; put quotes around a value to make it a text.");
        if (depth > Deepest) throw new FaultException(place, $"this is nested more than {Deepest} deep, which no policy is.");
        if (++_nodes > MostNodes) throw new FaultException(place, $"the file has more than {MostNodes} values. Split it into several files.");
        return at switch
        {
            Scalar text => new YamlText(place, text.Value, text.Style == ScalarStyle.Plain),
            SequenceStart => new YamlList(place, ReadItems(depth)),
            _ => new YamlMap(place, ReadMembers(depth)),
        };
    }

    private List<YamlNode> ReadItems(int depth)
    {
        var items = new List<YamlNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd) items.Add(ReadNode(depth + 1));
        return items;
    }

    private List<(YamlText Key, YamlNode Value)> ReadMembers(int depth)
    {
        var members = new List<(YamlText, YamlNode)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            YamlNode key = ReadNode(depth + 1);
            _parser.MoveNext();
            YamlNode value = ReadNode(depth + 1);
            if (key is not YamlText text) _problems.Add(key.At, $"a key is a word, not {key.Kind}.");
            else if (!seen.TryAdd(text.Value, text.At.Line)) _problems.Add(text.At, $"the key {text.Kind} is there twice, first in line {seen[text.Value]}. Take one of them out.");
            else members.Add((text, value));
        }

        return members;
    }

    private void Next<T>() where T : ParsingEvent
    {
        if (!_parser.MoveNext() || _parser.Current is not T) throw new FaultException(_parser.Current is { } at ? Of(at.Start) : new Place(1, 1), "something is missing here.");
    }

    private static Place Of(Mark mark) => new((int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));

    // Ends the reading of a document that must not be read on; never leaves this class.
    private sealed class FaultException(Place at, string message) : Exception(message)
    {
        internal Place At { get; } = at;
    }
}
