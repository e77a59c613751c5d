using System.Net;
using System.Text;
using Bastion.Policies;
using Bastion.Policies.Commands;
using Bastion.Policies.Rules;
using Bastion.Unit.Policies.Commands;

namespace Bastion.Unit.Sessions.Checked;

/// <summary>Whatever is typed, and however: nothing of it reaches the asset before it was decided, and nothing that is denied runs.</summary>
public sealed class NothingEarlyTests
{
    private const int Rounds = 60;

    [Fact]
    public async Task Nothing_is_sent_before_the_decision_and_nothing_denied_runs()
    {
        var rule = CommandControl.Parse(null, ["touch"], allowOpaque: false);
        bool valuesUnknown = false;
        long sent = 0;
        int allowed = 0;
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        Directory.CreateDirectory(world.Path("work"));
        await world.EnterAsync($"cd {world.Path("work")}");
        world.OnAsked = text => Assert.Equal(sent, world.Shell.Sent);
        world.Allows = text => rule.Decide(new AccessAttempt("root", ProtocolChannel.SshShell, IPAddress.Loopback, DateTimeOffset.UnixEpoch, text, valuesUnknown)).Outcome == SectionOutcome.Allowed;
        world.OnSent = text =>
        {
            valuesUnknown |= CommandText.Parse(text).LeavesUnknown;
            allowed++;
        };
        world.OnEnded = () => sent = world.Shell.Sent;
        sent = world.Shell.Sent;
        for (int seed = 0; seed < Rounds; seed++)
        {
            string script = new ScriptMaker(seed).Script().Replace("p3", "touch", StringComparison.Ordinal).Replace("p5", "touch never", StringComparison.Ordinal).Replace("p7", "true", StringComparison.Ordinal);
            foreach (string keys in Typed(script, new Random(seed))) world.Terminal.Press(keys);
            world.Terminal.Press(CommandText.IsUnfinished(script) ? "\r\x03" : "\r");
            await world.PromptAsync();
            // Up, and something behind it: a line of before is decided like any other.
            world.Terminal.Press("\e[A;touch again\x03");
            await world.PromptAsync();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(world.Path("work")).Select(Path.GetFileName).Except(["f", "g", "nohup.out"]));
        Assert.True(allowed > Rounds / 10 && world.WasDenied.Count > Rounds / 4, $"{allowed} allowed, {world.WasDenied.Count} denied");
    }

    // By key with slips that are taken back, or pasted.
    private static IEnumerable<string> Typed(string script, Random random)
    {
        if (script.Contains('\n') || random.Next(4) == 0)
        {
            yield return $"\e[200~{script}\e[201~";
            yield break;
        }

        foreach (Rune key in script.EnumerateRunes())
        {
            switch (random.Next(12))
            {
                case 0:
                    yield return "x\x7f";
                    break;
                case 1:
                    yield return "\e[D\e[C";
                    break;
                case 2:
                    yield return "\x01\x05";
                    break;
                case 3:
                    yield return "\x15\x19";
                    break;
            }

            yield return key.ToString();
        }
    }
}
