using System.Text;
using Bastion.Policies.Commands;

namespace Bastion.Unit.Policies.Commands;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("LC_ALL=C sort f", true)]
    [InlineData("LANG=de_DE.UTF-8; export LC_ALL=C.utf8", true)]
    [InlineData("env LC_ALL=C sort f", true)]
    [InlineData("LC_ALL=zh_CN.GBK; ls", false)]
    [InlineData("LANG=$x", false)]
    [InlineData("export LC_CTYPE=ja_JP.SJIS", false)]
    [InlineData("read LANG", false)]
    public void Only_known_character_sets_are_clear(string text, bool clear) => Assert.Equal(clear, !CommandText.Parse(text).IsOpaque);

    [Theory]
    [InlineData("ls", false)]
    [InlineData("echo 'a", true)]
    [InlineData("echo \"a", true)]
    [InlineData("ls |", true)]
    [InlineData("ls &&", true)]
    [InlineData("ls \\", true)]
    [InlineData("for x in a b; do", true)]
    [InlineData("for x in a b; do ls\ndone", false)]
    [InlineData("if true; then ls", true)]
    [InlineData("cat <<EOF", true)]
    [InlineData("cat <<EOF\na", true)]
    [InlineData("cat <<EOF\na\nEOF", false)]
    [InlineData("( ls", true)]
    [InlineData("echo $(ls", true)]
    [InlineData("ls )", false)]
    [InlineData("fi", false)]
    [InlineData("", false)]
    public void A_text_that_goes_on_in_the_next_line_is_known(string text, bool unfinished) => Assert.Equal(unfinished, CommandText.IsUnfinished(text));

    private static string Programs(string text) => string.Join(' ', CommandText.Parse(text).Commands.Select(c => c.Name));

    [Theory]
    [InlineData("ls -l | grep x; df", "ls grep df")]
    [InlineData("if a; then b; else c; fi", "a b c")]
    [InlineData("echo $(a \"$(b)\") `c`", "b a c echo")]
    [InlineData("cat <<EOF\n$(a)\nEOF\nb", "cat a b")]
    [InlineData("cat <<'EOF'\n$(a)\nEOF\nb", "cat b")]
    [InlineData("for x in $(a); do b; done", "a b")]
    [InlineData("'r'\"m\" x; \\rm y; r\\m z", "rm rm rm")]
    [InlineData("x=$(a) b > $(c)", "a c b")]
    [InlineData("[[ $(a) == b ]] && c", "a c")]
    [InlineData("sudo -u root -- rm x", "sudo rm")]
    [InlineData("sudo -nu root rm x", "sudo rm")]
    [InlineData("env -u A B=c nice -n 5 timeout -s KILL 5 rm x", "env nice timeout rm")]
    [InlineData("find . -name '*.log' -exec rm {} \\;", "find rm")]
    [InlineData("find . -type f -exec grep x {} + -exec rm {} ';'", "find grep rm")]
    [InlineData("echo x | xargs -r -n 1 rm -f", "echo xargs rm")]
    [InlineData("sh -c 'a; b $(c)'", "sh a c b")]
    [InlineData("bash -ec \"[[ a == b ]] && c\"", "bash c")]
    [InlineData("sudo bash -c 'x; sh -c \"y\"'", "sudo bash x sh y")]
    [InlineData("ssh -p 22 host 'a; b'", "ssh a b")]
    [InlineData("watch -n 1 'a | b'", "watch a b")]
    [InlineData("time -p a; ! b; { c; } && ( d )", "a b c d")]
    [InlineData("case x in a) b;; *) c;; esac", "b c")]
    [InlineData("busybox rm x; command rm y; exec rm z", "busybox rm command rm exec rm")]
    [InlineData("diff <(a) <(b)", "a b diff")]
    [InlineData("$'\\x72\\155' x", "rm")]
    [InlineData("/usr/bin/rm x", "rm")]
    public void Every_command_in_a_text_is_found(string text, string programs)
    {
        Assert.Empty(CommandText.Parse(text).Opaque);
        Assert.Equal(programs, Programs(text));
    }

    [Theory]
    [InlineData("eval rm x")]
    [InlineData("$x")]
    [InlineData("r$x y")]
    [InlineData("$(echo rm) x")]
    [InlineData("/bin/r? x")]
    [InlineData("{rm,x}")]
    [InlineData("~/x")]
    [InlineData("./x.sh")]
    [InlineData("/tmp/rm")]
    [InlineData("/usr/bin/../../tmp/rm")]
    [InlineData(". ./x")]
    [InlineData("source x")]
    [InlineData("sh x.sh")]
    [InlineData("echo cm0gLXJmIC8= | base64 -d | sh")]
    [InlineData("sh -c \"$x\"")]
    [InlineData("sh -c 'eval x'")]
    [InlineData("sh -c '[[ a && rm ]]'")]
    [InlineData("bash <<EOF\nrm x\nEOF")]
    [InlineData("bash <<< 'rm x'")]
    [InlineData("python3.11 -c 'import os'")]
    [InlineData("perl -e 'system(1)'")]
    [InlineData("awk 'BEGIN{system(\"rm\")}'")]
    [InlineData("awk '{print | \"sh\"}'")]
    [InlineData("awk -f x")]
    [InlineData("sed 's/a/b/e' x")]
    [InlineData("sed '1e rm' x")]
    [InlineData("sed -f x y")]
    [InlineData("vim x")]
    [InlineData("less x")]
    [InlineData("sudo -i")]
    [InlineData("sudo -s")]
    [InlineData("sudo $x")]
    [InlineData("env -S 'rm x'")]
    [InlineData("env PATH=/tmp ls")]
    [InlineData("PATH=/tmp; ls")]
    [InlineData("export PATH=/tmp")]
    [InlineData("LD_PRELOAD=x ls")]
    [InlineData("alias ls=rm")]
    [InlineData("ls() { :; }; ls")]
    [InlineData("trap 'rm x' EXIT")]
    [InlineData("PROMPT_COMMAND=x")]
    [InlineData("hash -p /tmp/x ls")]
    [InlineData("enable -f x y")]
    [InlineData("shopt -s expand_aliases")]
    [InlineData("set -k")]
    [InlineData("xargs sh -c")]
    [InlineData("echo x | xargs -I{} sh -c '{}'")]
    [InlineData("echo x | xargs -I{} {} y")]
    [InlineData("find . -exec {} \\;")]
    [InlineData("find . -exec sh -c 'x {}' \\;")]
    [InlineData("find $x")]
    [InlineData("tar cf x --checkpoint=1 --checkpoint-action=exec=rm y")]
    [InlineData("tar cf x --checkpoint-act=exec=rm y")]
    [InlineData("tar cf x *")]
    [InlineData("tar cIf 'rm x' y z")]
    [InlineData("systemctl enable ./x.service")]
    [InlineData("ssh -o ProxyCommand=rm host x")]
    [InlineData("crontab x")]
    [InlineData("echo ${x@P}")]
    [InlineData("echo ${!x}")]
    [InlineData("x='a[$(rm)]'; echo $((x))")]
    [InlineData("x='a[$(rm)]'; [[ x -eq 1 ]]")]
    [InlineData("read x; (( x > 1 ))")]
    [InlineData("[ -v 'a[$(rm)]' ]")]
    [InlineData("[ $x = y ]")]
    [InlineData("printf -v 'a[$(rm)]' x")]
    [InlineData("unset 'a[$(rm)]'")]
    [InlineData("declare -n x=y")]
    [InlineData("a[$(rm)]=1")]
    [InlineData("let x")]
    [InlineData("coproc rm")]
    [InlineData("time")]
    [InlineData("\"\" x")]
    [InlineData("echo \"$\\\n(rm)\"")]
    [InlineData("echo \"${x:-'$(rm)'}\"")]
    [InlineData("docker exec x rm")]
    [InlineData("git -c core.pager=rm log")]
    [InlineData("make all")]
    public void What_hides_a_command_is_opaque(string text) => Assert.True(CommandText.Parse(text).IsOpaque, text);

    [Fact]
    public void Everyday_lines_hide_nothing()
    {
        Assert.True(EverydayLines.All.Count >= 200, $"{EverydayLines.All.Count}");
        Assert.Empty(EverydayLines.All.Select(line => (line, CommandText.Parse(line))).Where(p => p.Item2.IsOpaque).Select(p => $"{p.line} → {string.Join("; ", p.Item2.Opaque)}"));
    }

    [Fact]
    public void Hostile_text_never_throws()
    {
        const string alphabet = "ab;&|(){}<>$`'\"\\\n #!=[]*?~:-+@,/EOF\0\r\t\ud83d0i";
        string[] pieces = ["$((", "${", "$(", "<<EOF", "<<-", "[[", "]]", "((", "))", "case x in", "esac", "for", "do", "done", "sh -c '", "find . -exec ", "xargs -I", "sudo -u", "${x:-", "$'", "\\x", "`"];
        var random = new Random(20261125);
        for (int round = 0; round < 20000; round++)
        {
            var text = new StringBuilder();
            for (int i = random.Next(40); i > 0; i--) text.Append(random.Next(3) == 0 ? pieces[random.Next(pieces.Length)] : alphabet[random.Next(alphabet.Length)]);
            CommandText.Parse(text.ToString());
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("{ ")]
    [InlineData("${x:-")]
    [InlineData("$((")]
    [InlineData("if ")]
    [InlineData("! ")]
    [InlineData("f() ")]
    [InlineData("sudo ")]
    [InlineData("a;")]
    [InlineData("<<E ")]
    [InlineData("[[ (")]
    public void A_flood_of_brackets_is_opaque_and_no_danger(string piece)
    {
        foreach (int times in new[] { 45, 1000, 8000, 100000 })
        {
            string text = string.Concat(Enumerable.Repeat(piece, times));
            CommandText parsed = CommandText.Parse(text);
            Assert.True(parsed.IsOpaque || piece is "sudo " or "a;", text[..20]);
        }
    }
}
