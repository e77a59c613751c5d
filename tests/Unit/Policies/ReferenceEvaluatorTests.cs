using System.Net;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Unit.Grants;

namespace Bastion.Unit.Policies;

/// <summary>Random policies in a real store, decided as well by a few plain lines that share nothing with the engine.</summary>
public sealed class ReferenceEvaluatorTests
{
    private static readonly string[] Users = ["ana", "bob"];
    private static readonly string[] Assets = ["web-1", "web-2", "db-1"];
    // Groups and who is in them; "web" by rule, "odd" by hand.
    private static readonly (string Name, string[] Members)[] UserGroups = [("ops", ["ana"]), ("both", ["ana", "bob"])];
    private static readonly (string Name, string[] Members)[] AssetGroups = [("web", ["web-1", "web-2"]), ("odd", ["web-2", "db-1"])];
    private static readonly string[] Accounts = ["root", "deploy"];
    // Kim approves, and wants nothing.
    private static readonly string[] People = [.. Users, "kim"];
    private static readonly string[] Programs = ["ls", "df", "rm", "reboot"];
    private static readonly ProtocolChannel[] Channels = [ProtocolChannel.SshShell, ProtocolChannel.SshExec, ProtocolChannel.Tunnel];

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(17)]
    public void Decisions_are_those_of_the_reference(int seed)
    {
        var random = new Random(seed);
        using var world = new GrantWorld();
        world.Engine.Users.Add(TempStore.Admin, new() { Name = "kim" });
        foreach ((string name, string[] members) in UserGroups) world.Engine.UserGroups.Add(TempStore.Admin, new() { Name = name, Users = [.. members.Select(m => new Bastion.Users.UserReference(m))] });
        world.Engine.AssetGroups.Add(TempStore.Admin, new() { Name = "web", Rule = new() { Names = ["web-*"] } });
        world.Engine.AssetGroups.Add(TempStore.Admin, new() { Name = "odd", Assets = [.. AssetGroups[1].Members.Select(m => new Bastion.Assets.AssetReference(m))] });
        Drawn[] policies = [.. Enumerable.Range(0, 14).Select(n => Draw(random, n))];
        foreach (Drawn policy in policies) Store(world, policy);
        var seen = new Dictionary<string, int> { ["yes"] = 0, ["no"] = 0, ["ask"] = 0 };
        const int Attempts = 400;
        for (int n = 0; n < Attempts; n++)
        {
            (string user, string asset, string account) = (Pick(random, Users), Pick(random, Assets), Pick(random, Accounts));
            (ProtocolChannel channel, int net, int hour) = (Pick(random, Channels), random.Next(4), random.Next(24));
            string program = Pick(random, Programs);
            PolicyDecision decision = world.Engine.Policies.Test(new(user), new(asset), account, channel, new IPAddress([10, (byte)net, 0, 1]), new DateTimeOffset(2026, 11, 24, hour, 30, 0, TimeSpan.Zero), $"{program} x");
            (string expected, string?[] by) = Reference(policies, user, asset, account, channel, net, hour, program);
            string said = decision.Allowed ? "yes" : decision.NeedsApproval ? "ask" : "no";
            Assert.True(expected == said, $"{user} {account}@{asset} {channel} 10.{net} {hour}:30 {program}: {decision.Summary}");
            Assert.Equal(by, decision.Sections.Where(s => s.Section != "Rules").Select(s => s.Policy));
            seen[said]++;
        }

        // A draw that always says the same would test nothing.
        Assert.All(seen, s => Assert.InRange(s.Value, 1, Attempts - 2));
    }

    private static (string Said, string?[] By) Reference(Drawn[] policies, string user, string asset, string account, ProtocolChannel channel, int net, int hour, string program)
    {
        Drawn[] inScope = [.. policies
            .Where(p => p.Enabled && Covers(p.Users, p.UserGroups, UserGroups, user) && Covers(p.Assets, p.AssetGroups, AssetGroups, asset) && (p.Accounts is null || p.Accounts.Contains(account)))
            .OrderBy(p => p.Priority).ThenByDescending(p => p.Number)];
        Drawn[] readable = [.. inScope.Where(p => !p.Broken)];
        Drawn? channels = readable.FirstOrDefault(p => p.Open is not null), hours = readable.FirstOrDefault(p => p.Hours is not null), nets = readable.FirstOrDefault(p => p.Nets is not null);
        bool allowed = !inScope.Any(p => p.Broken)
            && (channels is null || channels.Open!.Contains(channel))
            && (hours is null || hours.Hours!.Contains(hour))
            && (nets is null || nets.Nets!.Contains(net) != nets.NetsDeny);
        Drawn? control = readable.FirstOrDefault(p => p.Allow is not null || p.Deny is not null), sessions = readable.FirstOrDefault(p => p.Asks is not null), commands = readable.FirstOrDefault(p => p.Approve is not null);
        bool asks = false;
        foreach ((Drawn? policy, bool asked) in new[] { (sessions, true), (commands, Commands(control, commands, channel, program, ref allowed)) })
        {
            if (policy is null || !asked) continue;
            asks = true;
            // Nobody approves his own.
            if (policy.Approvers.All(a => a == user)) allowed = false;
        }

        return (!allowed ? "no" : asks ? "ask" : "yes", [channels?.Name, hours?.Name, nets?.Name, control?.Name, null, sessions?.Name, commands?.Name]);
    }

    // Whether a command needs approval; what is rejected is no longer allowed.
    private static bool Commands(Drawn? control, Drawn? approval, ProtocolChannel channel, string program, ref bool allowed)
    {
        if (channel is not (ProtocolChannel.SshExec or ProtocolChannel.SshShell)) return false;
        bool onList = approval?.Approve!.Contains(program) == true, same = control == approval, listed = control?.Allow?.Contains(program) == true;
        if (control?.Deny?.Contains(program) == true || (control?.Allow is not null && !listed && !(same && onList))) allowed = false;
        return onList && !(same && listed);
    }

    private static bool Covers(string[]? members, string[]? groups, (string Name, string[] Members)[] all, string who) => (members is null && groups is null)
        || members?.Contains(who) == true || all.Any(g => groups?.Contains(g.Name) == true && g.Members.Contains(who));

    private static Drawn Draw(Random random, int number)
    {
        bool broken = random.Next(12) == 0;
        // A policy in doubt denies all it covers: it covers little here, else nothing would be left to see.
        return new Drawn(number, random.Next(1, 6), random.Next(5) > 0, Some(random, Users, broken), broken ? null : Rarely(random, UserGroups),
            Some(random, Assets, broken), broken ? null : Rarely(random, AssetGroups), Some(random, Accounts, broken),
            Maybe(random, Channels), Maybe(random, [.. Enumerable.Range(0, 24)]), Maybe(random, [0, 1, 2, 3]), random.Next(2) == 0, broken)
        {
            // Rarely, or nothing would be left that is allowed.
            Allow = random.Next(9) == 0 ? Maybe(random, Programs) : null,
            Deny = random.Next(6) == 0 ? Maybe(random, Programs) : null,
            Approve = random.Next(4) == 0 ? Maybe(random, Programs) : null,
            Asks = random.Next(5) == 0 ? Maybe(random, Users) : null,
            Approvers = Maybe(random, People) ?? People,
        };
    }

    private static void Store(GrantWorld world, Drawn policy)
    {
        var rules = new List<PolicyRule>();
        if (policy.Open is not null) rules.Add(ProtocolControl.Of(policy.Open));
        if (policy.Hours is not null) rules.Add(TimeWindows.Parse([.. policy.Hours.Select(h => $"Mon-Sun {h:00}:00-{h + 1:00}:00 UTC")]));
        string[]? nets = policy.Nets?.Select(n => $"10.{n}.0.0/16").ToArray();
        if (nets is not null) rules.Add(policy.NetsDeny ? SourceAddresses.Parse(null, nets) : SourceAddresses.Parse(nets, null));
        if (policy.Allow is not null || policy.Deny is not null) rules.Add(CommandControl.Parse(policy.Allow, policy.Deny, allowOpaque: false));
        if (policy.Approve is not null) rules.Add(CommandApproval.Parse(policy.Approve, new ApprovalTerms { Approvers = policy.Approvers }));
        if (policy.Asks is not null) rules.Add(SessionApproval.By(new ApprovalTerms { Approvers = policy.Approvers }));
        world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy
        {
            Name = policy.Name,
            Priority = policy.Priority,
            Enabled = policy.Enabled,
            Users = policy.Users?.Select(u => new Bastion.Users.UserReference(u)).ToArray(),
            UserGroups = policy.UserGroups?.Select(g => new Bastion.Users.Groups.UserGroupReference(g)).ToArray(),
            AssetGroups = policy.AssetGroups?.Select(g => new Bastion.Assets.Groups.AssetGroupReference(g)).ToArray(),
            Assets = policy.Assets?.Select(a => new Bastion.Assets.AssetReference(a)).ToArray(),
            Accounts = policy.Accounts,
            Rules = rules,
        });
        if (policy.Broken)
            world.Engine.Context.Database.Write(connection => connection.Execute("UPDATE control_policies SET rules = '{' WHERE name = $name", ("$name", policy.Name)));
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static T[]? Some<T>(Random random, T[] from, bool few) => few ? [Pick(random, from)] : Maybe(random, from);

    private static string[]? Rarely(Random random, (string Name, string[] Members)[] groups) => random.Next(3) == 0 ? [Pick(random, groups).Name] : null;

    private static T[]? Maybe<T>(Random random, T[] from)
    {
        if (random.Next(2) == 0) return null;
        T[] some = [.. from.Where(_ => random.Next(3) > 0)];
        return some.Length > 0 ? some : [Pick(random, from)];
    }

    private sealed record Drawn(int Number, int Priority, bool Enabled, string[]? Users, string[]? UserGroups, string[]? Assets, string[]? AssetGroups, string[]? Accounts,
        ProtocolChannel[]? Open, int[]? Hours, int[]? Nets, bool NetsDeny, bool Broken)
    {
        internal string[]? Allow { get; init; }
        internal string[]? Deny { get; init; }
        internal string[]? Approve { get; init; }
        internal string[]? Asks { get; init; }
        internal string[] Approvers { get; init; } = [];
        internal string Name => $"policy {Number}";
    }
}
