using System.Text;

namespace Bastion.Unit.Policies.Commands;

/// <summary>Makes scripts by chance, of every construct; with the same seed the same ones.</summary>
internal sealed class ScriptMaker(int seed)
{
    private const string Odd = ";&|(){}<>$`'\"\\\n #!=[]*?~:-+@,/";
    private readonly Random _random = new(seed);

    internal string Script()
    {
        string script = List(3);
        return _random.Next(3) == 0 ? Spoil(script) : script;
    }

    // What a person would not type and an attacker would.
    private string Spoil(string script)
    {
        var text = new StringBuilder(script);
        for (int i = _random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int at = _random.Next(text.Length);
            if (_random.Next(2) == 0) text.Remove(at, 1);
            else text.Insert(at, Odd[_random.Next(Odd.Length)]);
        }

        return text.ToString();
    }

    private string Program() => Shells.Programs[_random.Next(Shells.Programs.Count)];

    private string List(int depth) => string.Join(Any("; ", " && ", " || ", "\n", " & ", " | ", ";"), Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Command(depth - 1)));

    private string Command(int depth) => depth <= 0 ? Simple(0) : _random.Next(22) switch
    {
        0 => $"{{ {List(depth)}; }}",
        1 => $"( {List(depth)} )",
        2 => $"if {List(depth)}; then {List(depth)}; elif {List(depth)}\nthen {List(depth)}\nelse {List(depth)}; fi",
        3 => $"for x in a b \"$({List(depth)})\"; do {List(depth)}; done",
        4 => $"while {List(depth)}; do {List(depth)}; break; done",
        5 => $"until {Simple(depth)}; do {List(depth)}; break; done",
        6 => $"case {Word(depth)} in a|b) {List(depth)};; (*) {List(depth)} ;; esac",
        7 => $"f() {{ {List(depth)}; }}; f",
        8 => $"[[ a == {Word(depth)} && -n {Word(depth)} ]] || {Simple(depth)}",
        9 => $"(( 1 + $({List(depth)}) )) ; {Simple(depth)}",
        10 => $"cat <<EOF\n{Word(depth)} $({List(depth)})\nEOF\n{Simple(depth)}",
        11 => $"cat <<'EOF' | {Simple(depth)}\n$({List(depth)})\nEOF\n",
        12 => $"x={Word(depth)} {Simple(depth)}",
        13 => $"eval '{Program()} a'",
        14 => $"sh -c '{Program()}; {Program()} x'",
        15 => $"env A=1 nice -n 5 {Simple(depth)}",
        16 => $"find . -maxdepth 0 -exec {Program()} {{}} \\;",
        17 => $"echo a | xargs -n 1 {Program()}",
        18 => $"timeout 5 nohup {Program()} a",
        19 => $"for ((i=0; i<1; i++)); do {List(depth)}; done",
        20 => $"! {Simple(depth)}",
        _ => Simple(depth),
    };

    private string Simple(int depth) => Any("", "", "", "time ", "command ", "\\\n") + Any(Program(), Program(), Program(), $"'{Program()}'", $"p\"{_random.Next(10)}\"", $"\\{Program()}", "$x", $"$'\\x70{_random.Next(10)}'", "{p1,p2}")
        + string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => " " + Word(depth))) + Any("", "", "", " >f", " 2>&1", " </dev/null", " >/dev/null 2>&1", " # p1; p2", " >&2", " &>g", " <<<x");

    private string Word(int depth) => _random.Next(depth > 0 ? 16 : 8) switch
    {
        0 => "a",
        1 => "'b; p3'",
        2 => "\"c | p4 $x\"",
        3 => "${x:-d}",
        4 => "$((1+2))",
        5 => "\\;",
        6 => "$'e\\n'",
        7 => "*",
        8 => $"$({List(depth - 1)})",
        9 => $"\"$({List(depth - 1)})\"",
        10 => $"`{Program()} a`",
        11 => $"${{y:-$({List(depth - 1)})}}",
        12 => $"\"${{y:=`{Program()}`}}\"",
        13 => $"<({List(depth - 1)})",
        14 => $"$(( 2 * $({Program()}) ))",
        _ => $"a$({Program()} # )\n)b",
    };

    private string Any(params string[] choices) => choices[_random.Next(choices.Length)];
}
