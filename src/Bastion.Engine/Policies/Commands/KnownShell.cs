using System.Text;

namespace Bastion.Policies.Commands;

/// <summary>
/// Sends a text to the shell for which it was decided, by way of whatever login shell the account has: another shell would read it
/// in another way. Programs are looked for in the system's folders only.
/// </summary>
internal static class KnownShell
{
    private const string Clean = "exec /usr/bin/env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Runs a script of our own in the host's <c>sh</c>.</summary>
    internal static string Script(string script) => Encoded("/bin/sh -c", script);

    /// <summary>A text as one word for <c>sh</c>.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    internal static string Wrap(string command)
    {
        CommandText text = CommandText.Parse(command);
        string shell = text.NeedsBash || text.IsOpaque ? "bash -p -c" : "/bin/sh -c";
        // In these alone the quotes of fish and csh differ from those of sh.
        bool plain = !command.AsSpan().ContainsAny("\\!\n'\0");
        return plain ? $"{Clean} {shell} '{command}'" : Encoded(shell, command);
    }

    private static string Encoded(string shell, string text) =>
        $"{Clean} {shell} 'eval \"$(echo {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))} | base64 -d || echo exit 127)\"'";
}
