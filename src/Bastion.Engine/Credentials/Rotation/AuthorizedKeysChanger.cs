using System.Globalization;
using System.Text;
using Bastion.Credentials.Keys;
using Bastion.Policies.Commands;

namespace Bastion.Credentials.Rotation;

/// <summary>Puts the new key into the account's authorized_keys file and takes the old one out, each in one atomic step.</summary>
internal sealed class AuthorizedKeysChanger : ISecretChanger
{
    private const int Tries = 3;

    // What the file was when it was read is told apart from what it is when it is written: another's change in between is never lost.
    private const string ReadFile = """if [ -e "$f" ]; then cksum <"$f" && cat "$f"; else echo none; fi""";

    private const string WriteFile = """
        set -eu; umask 077; d=$(dirname "$f"); [ -d "$d" ] || mkdir -p "$d"
        if [ -L "$f" ]; then f=$(readlink -f "$f"); d=$(dirname "$f"); fi
        if [ -e "$f" ]; then now=$(cksum <"$f"); else now=none; fi
        [ "$now" = "$was" ] || exit 75
        t=$(mktemp "$d/.authorized_keys.XXXXXX"); trap 'rm -f "$t"' EXIT
        if [ -e "$f" ]; then cp -p "$f" "$t"; fi
        cat >"$t"
        [ "$(wc -c <"$t")" -eq "$size" ] || exit 74
        sync "$t" 2>/dev/null || sync
        mv -f "$t" "$f"
        """;

    private const int ChangedMeanwhile = 75;

    /// <inheritdoc/>
    public Task ChangeAsync(SecretChangeJob job, SecretChange change, CancellationToken stop) =>
        EditAsync(job, job.Current, change, text => AuthorizedKeys.Add(text, PublicKeys.Line(change.NewKey, $"bastion:{job.Target.Account.Name}"), change.OldKey), stop);

    /// <inheritdoc/>
    public Task CleanAsync(SecretChangeJob job, SecretChange change, CancellationToken stop) =>
        change.OldKey is null ? Task.CompletedTask : EditAsync(job, job.New, change, text => AuthorizedKeys.Remove(text, change.OldKey), stop);

    /// <inheritdoc/>
    public Task UndoAsync(SecretChangeJob job, SecretChange change, CancellationToken stop) =>
        EditAsync(job, job.Current, change, text => AuthorizedKeys.Remove(text, change.NewKey!), stop);

    private static async Task EditAsync(SecretChangeJob job, Secrets.KeptCredential own, SecretChange change, Func<string, string> edit, CancellationToken stop)
    {
        string file = $"f={(change.File is null ? "\"$HOME/.ssh/authorized_keys\"" : change.File.StartsWith('/') ? KnownShell.Quote(change.File) : $"\"$HOME\"/{KnownShell.Quote(change.File)}")}; ";
        using LinuxActor actor = await LinuxActor.SignInAsync(job, own, stop);
        for (int i = 1; ; i++)
        {
            ShellAnswer read = await actor.AsAccountAsync(job, file + ReadFile, [], stop);
            if (read.ExitCode != 0) throw new SecretChangeRefusedException(job.Account, read.Said());
            // Latin-1: every byte comes back as it was.
            string[] parts = Encoding.Latin1.GetString(read.Output).Split('\n', 2);
            string text = parts.Length > 1 && parts[0] != "none" ? parts[1] : "";
            byte[] edited = Encoding.Latin1.GetBytes(edit(text));
            if (edited.AsSpan().SequenceEqual(Encoding.Latin1.GetBytes(text))) return;
            string facts = string.Create(CultureInfo.InvariantCulture, $"was={KnownShell.Quote(parts[0].Trim())}; size={edited.Length}; ");
            ShellAnswer written = await actor.AsAccountAsync(job, file + facts + WriteFile, edited, stop);
            if (written.ExitCode == 0) return;
            if (written.ExitCode != ChangedMeanwhile || i == Tries) throw new SecretChangeRefusedException(job.Account, written.Said());
        }
    }
}
