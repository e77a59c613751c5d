using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bastion.Sessions.Checked;

/// <summary>What the shell on the asset is told. All of it is ours but the text of <see cref="HandOver"/>.</summary>
internal static class ShellScripts
{
    private const string Folders = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>A random number of 128 bits that nobody can have foreseen.</summary>
    internal static string Mark() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Tells the name of the second terminal and keeps it open.</summary>
    internal static string Hold(string mark) => $"stty raw -echo 2>/dev/null; printf '%s %s %s' {Apart(mark)} \"$(tty)\" {Apart(mark)}; exec sleep 2147483647";

    /// <summary>
    /// Becomes the shell: bash, else sh, with an environment that is known, no start-up files and no history, its commands read from the
    /// second terminal. A locale whose characters hold bytes of ASCII would have it read another text than the one that was decided.
    /// </summary>
    internal static string Start(string terminal) => $$"""
        set --
        for n in HOME USER LOGNAME TERM LANG LC_ALL LC_CTYPE TZ SSH_CONNECTION SSH_TTY XDG_RUNTIME_DIR; do
          eval "v=\${$n-}"
          case $n in LANG|LC_*) case $v in ''|C|POSIX|*.[Uu][Tt][Ff]-8|*.[Uu][Tt][Ff]8) ;; *) v=C.UTF-8 ;; esac ;; esac
          [ -z "$v" ] || set -- "$@" "$n=$v"
        done
        set -- "$@" PATH={{Folders}} PS1= PS2=
        if b=$(PATH={{Folders}} command -v bash); then
          exec /usr/bin/env -i "$@" SHELL="$b" "$b" --noprofile --norc --noediting +H +o history -i 0<>{{terminal}}
        fi
        case $(readlink -f /bin/sh) in *busybox*) echo 'The sh of BusyBox edits the lines that it reads: install bash.'; exit 1 ;; esac
        exec /usr/bin/env -i "$@" SHELL=/bin/sh /bin/sh -i 0<>{{terminal}}
        """;

    /// <summary>The first line: no history, no prompts, no mail; then which shell it is, who it is and where.</summary>
    internal static string Begin(string mark) =>
        "PS1= PS2=; _bastion_status() { return \"$1\"; }; unset MAIL MAILPATH MAILCHECK; "
        + "if [ -n \"${BASH_VERSION-}\" ]; then set +o history +H; unset HISTFILE; readonly -f _bastion_status; fi; "
        + $"{{ printf '%s %s %s %s\\n%s %s' {Apart(mark)} \"${{BASH_VERSION:+bash}}.\" \"$(id -u)\" \"$HOME\" \"$PWD\" {Apart(mark)}; }} >&0\n";

    /// <summary>
    /// Hands over a text, and has the shell say what it has got: the second terminal's settings could be changed on the asset, so that it hands on
    /// other letters. In digits alone nothing can be read but digits, whatever becomes of them.
    /// </summary>
    internal static string HandOver(string text, string mark)
    {
        var digits = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text)) digits.Append(CultureInfo.InvariantCulture, $"\\0{b >> 6}{(b >> 3) & 7}{b & 7}");
        return $"{{ _bastion_text=$(printf '%b.' '{digits}'); _bastion_text=${{_bastion_text%.}}; printf '%s%s%s' {Apart(mark)} \"$_bastion_text\" {Apart(mark)}; }} >&0 2>/dev/null\n";
    }

    /// <summary>Says that it was read, then runs the text that was handed over, in the shell itself, with its keyboard on the operator's terminal.</summary>
    /// <param name="mark">Says that the line was read.</param>
    /// <param name="status">The exit code of the command before, which <c>$?</c> is to give.</param>
    /// <param name="input">Where it reads from.</param>
    internal static string Run(string mark, int status, string input)
    {
        string told = $"{{ printf '%s%s' {Apart(mark)} {Apart(mark)}; _bastion_status {status}; }} >&0 2>/dev/null";
        // Not with a ; after a failure: the shell may have been told to end at the first one.
        return $"{told} {(status == 0 ? "&&" : "||")} eval \"$_bastion_text\" <{input}\n";
    }

    /// <summary>The line after it: how the text ended and where the shell is now; then, behind all output, where that ends.</summary>
    internal static string Report(string mark, string end) =>
        $"{{ printf '%s%s %s%s' {Apart(mark)} \"$?\" \"$PWD\" {Apart(mark)}; }} >&0 2>/dev/null; {{ printf '\\033]697;{end}\\007'; }} >/dev/tty 2>/dev/null\n";

    /// <summary>What <see cref="Report"/> writes to the operator's terminal, where it is never shown.</summary>
    internal static string End(string end) => $"\e]697;{end}\a";

    // A terminal that echoes must not say it in the shell's place.
    private static string Apart(string mark) => mark.Insert(mark.Length / 2, "''");
}
