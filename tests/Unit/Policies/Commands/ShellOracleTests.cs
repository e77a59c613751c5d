using Bastion.Policies.Commands;

namespace Bastion.Unit.Policies.Commands;

/// <summary>The parser against real shells.</summary>
public sealed class ShellOracleTests
{
    private static readonly string[] Good =
    [
        "ls", "ls -la /tmp", "a; b", "a && b || c", "a | b |& c", "a & b", "! a", "{ a; }", "(a; b)", "( (a) )", "if a; then b; elif c; then d; else e; fi", "while a; do b; done", "until a; do b; done",
        "for x in a b c; do echo $x; done", "for x; do a; done", "for x in *; do a\ndone", "for ((i=0; i<3; i++)); do a; done", "case x in a) b;; esac", "case x in (a|b) c;; *) d; esac", "case x in esac", "case $x in\na)\n;;\nesac",
        "f() { a; }", "f() (a)", "function f { a; }", "function f() { a; }", "[[ -f x && ( a == b* || c =~ ^(d|e)f$ ) ]]", "(( x + 1 ))", "echo $((1 + (2 * 3)))", "echo $(a $(b `c`))", "echo \"$(a \"b\")\"",
        "cat <<EOF\nx $(a)\nEOF", "cat <<'EOF'\n$(a\nEOF", "cat <<-EOF\n\tx\n\tEOF", "cat <<A <<B\na\nA\nb\nB", "cat <<EOF | sort\nx\nEOF", "a 2>&1 >f <g", "a &>f", "a >|f", "a <>f", "exec 3<f", "exec {fd}>f", "a <<<x", "a <(b) >(c)",
        "x=1", "x=1 y=2 a", "x=(a b c)", "x+=1", "echo ${x} ${x:-y} ${x#*/} ${x%%.*} ${x/a/b} ${x^^} ${#x} ${x:1:2} ${x[0]} ${x[@]}", "echo $'a\\tb' $\"c\"", "echo a\\ b 'c d' \"e f\"", "# nothing", "", "a # b", "echo a#b", "time -p a", "a \\\n b",
        "echo {a,b} {1..3}", "echo }", "echo if then", "a;\n\n b", "if a\nthen b\nfi >f 2>&1", "while read x; do echo \"$x\"; done <f", "select x in a b; do break; done", "echo \"a'b\" 'c\"d'", "a |\n b", "a &&\n b", "{ a; } | { b; }", "echo $# $? $$ $! $- $1 $@ $*",
        "echo `a`", "echo \"`a`\"", "case a in a) b ;& c) d ;;& e) f ;; esac", "echo $", "echo \"$\"", "[ a = b ]", "test -f x", "[[ a < b ]]", "[[ ! -e x ]]", "a() if b; then c; fi",
    ];

    private static readonly string[] Bad =
    [
        "a |", "a &&", "| a", "; a", "a ;; b", "(a", "a)", "{ a", "}", "if a; then b", "if a; fi", "then", "fi", "done", "while a; do done", "for x in a; b; done", "case x a) b;; esac", "case x in a) b", "echo $(a", "echo `a",
        "echo 'a", "echo \"a", "echo ${x", "[[ a", "(( 1", "a >", "a <", "a & & b", "a || || b", "if; then a; fi", "()", "( )", "f()", "echo (a)", "a > > b", "do a; done", "a; ; b", "{ }", "for", "esac", "function", "echo $((1", "a &| b", "x=(a", "echo a (b)", "elif", "a <(b",
    ];

    [Fact]
    public void What_bash_takes_is_read()
    {
        Assert.Equal(Good, Good.Zip(Shells.Accepts(Good)).Where(p => p.Second).Select(p => p.First));
        Assert.Empty(Good.Where(text => Unread(text) is not null).Select(text => $"{text}: {Unread(text)}"));
    }

    [Fact]
    public void What_bash_does_not_take_is_opaque()
    {
        Assert.Empty(Bad.Zip(Shells.Accepts(Bad)).Where(p => p.Second).Select(p => p.First));
        Assert.DoesNotContain(Bad, text => Unread(text) is null);
    }

    [Fact]
    public void Nothing_that_bash_refuses_is_read()
    {
        string[] scripts = [.. Enumerable.Range(0, Rounds * 3).Select(i => new ScriptMaker(i).Script())];
        Assert.Empty(scripts.Zip(Shells.Accepts(scripts)).Where(p => !p.Second && !CommandText.Parse(p.First).IsOpaque).Select(p => p.First));
    }

    [Fact]
    public void Every_program_that_really_runs_was_seen_before_or_the_text_is_opaque()
    {
        using var shells = new Shells();
        var wrong = new List<string>();
        int clear = 0, ran = 0;
        for (int seed = 0; seed < Rounds; seed++)
        {
            string script = new ScriptMaker(seed).Script();
            CommandText text = CommandText.Parse(script);
            if (text.IsOpaque) continue;
            clear++;
            foreach (string shell in text.NeedsBash ? new[] { "bash" } : ["bash", "sh"])
            {
                IReadOnlyList<string> programs = shells.Run(shell, script);
                ran += programs.Count;
                string[] unseen = [.. programs.Except(text.Commands.Select(c => c.Name))];
                if (unseen.Length > 0) wrong.Add($"{shell} (seed {seed}) ran {string.Join(", ", unseen)}: {script}");
            }
        }

        Assert.Empty(wrong);
        // Else it tests nothing
        Assert.True(clear > Rounds / 20 && ran > clear, $"{clear} clear, {ran} programs ran");
    }

    // BASTION_SHELL_ROUNDS for a long run.
    private static int Rounds { get; } = int.TryParse(Environment.GetEnvironmentVariable("BASTION_SHELL_ROUNDS"), out int rounds) ? rounds : 600;

    private static string? Unread(string text) => CommandText.Parse(text).Opaque.FirstOrDefault(why => why.Contains("can't be parsed", StringComparison.Ordinal));
}
