using System.Text;
using Bastion.Policies.Commands;
using Bastion.Prompt;
using Bastion.Sessions.Ssh;

namespace Bastion.Sessions.Checked;

/// <summary>
/// Completes programs and paths of the asset, asked over a channel of its own that runs a fixed script; what was typed goes into it as quoted
/// text only.
/// </summary>
/// <param name="connection">To the asset.</param>
/// <param name="prompt">Knows the shell's folder.</param>
/// <param name="home">Folder that <c>~</c> means.</param>
/// <param name="mayList">Whether names of files may be shown.</param>
internal sealed class RemoteNames(SshConnection connection, ShellPrompt prompt, string home, Func<bool> mayList)
{
    private const int Most = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string[] OfShell = ["alias", "bg", "cd", "command", "echo", "exit", "export", "fg", "jobs", "kill", "printf", "pwd", "read", "set", "test", "time", "type", "umask", "unset", "wait"];

    internal Completions? Complete(string text, int cursor)
    {
        if (CompletedWord.Find(text, cursor) is not { } word) return null;
        if (word.IsProgram) return word.Value.Length == 0 ? null : Of(word, cursor, Ask(Programs(word.Value)).Concat(OfShell.Where(name => name.StartsWith(word.Value, StringComparison.Ordinal))));
        if (!mayList()) return null;
        bool atHome = word.Value.StartsWith("~/", StringComparison.Ordinal);
        string path = atHome ? home.TrimEnd('/') + word.Value[1..] : word.Value;
        return Of(word, cursor, Ask(Paths(prompt.Folder, path)).Select(found => atHome ? word.Value[..2] + found[(home.TrimEnd('/').Length + 1)..] : found));
    }

    private static Completions? Of(CompletedWord word, int cursor, IEnumerable<string> names)
    {
        string[] found = [.. names.Where(name => name.StartsWith(word.Value, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (found.Length == 0) return null;
        string end = found is [[.., not '/']] ? " " : "";
        return new Completions(word.Start, cursor - word.Start, [.. found.Select(name => new Completion(CompletedWord.Quoted(name) + end, Label(name), ""))]);
    }

    private static string Label(string name) => Printable.Escape(name[(name.TrimEnd('/').LastIndexOf('/') + 1)..]);

    private static string Programs(string begin) => $$"""
        for d in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
          for f in "$d"/{{KnownShell.Quote(begin)}}*; do [ -x "$f" ] && [ ! -d "$f" ] && printf '%s\n' "${f##*/}"; done
        done
        """;

    private static string Paths(string folder, string begin) => $$"""
        cd -- {{KnownShell.Quote(folder)}} 2>/dev/null || exit 0
        n=0
        for f in {{KnownShell.Quote(begin)}}*; do
          case $f in *[[:cntrl:]]*) continue ;; esac
          if [ -d "$f" ]; then printf '%s/\n' "$f"; elif [ -e "$f" ] || [ -L "$f" ]; then printf '%s\n' "$f"; fi
          n=$((n + 1))
          [ $n -lt {{Most}} ] || break
        done
        """;

    // On the thread of the line editor: who pressed Tab waits for it.
    private string[] Ask(string script)
    {
        try
        {
            return AskAsync(script).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or BastionException)
        {
            return [];
        }
    }

    private async Task<string[]> AskAsync(string script)
    {
        using var patience = new CancellationTokenSource(Patience);
        var answer = new Answer();
        using SshChannel channel = await connection.OpenChannelAsync(answer, patience.Token);
        if (!await channel.AskAsync(ChannelRequest.Exec(KnownShell.Script(script)), patience.Token)) return [];
        channel.SendEndOfInput();
        await channel.Ended.WaitAsync(patience.Token);
        return answer.Lines;
    }

    private sealed class Answer : IChannelOutput
    {
        private const int Longest = 256 << 10;
        private readonly List<byte> _bytes = [];

        internal string[] Lines => [.. Encoding.UTF8.GetString([.. _bytes]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Any(char.IsControl) && !line.Contains('\uFFFD')).Take(Most)];

        public void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce)
        {
            if (_bytes.Count < Longest) _bytes.AddRange(bytes);
        }

        public void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce)
        {
        }
    }
}
