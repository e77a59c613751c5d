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
    private static readonly ProtocolChannel[] Channels = [ProtocolChannel.SshShell, ProtocolChannel.SshExec, ProtocolChannel.Tunnel];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Decisions_are_those_of_the_reference(int seed)
    {
        var random = new Random(seed);
        using var world = new GrantWorld();
        foreach ((string name, string[] members) in UserGroups) world.Engine.UserGroups.Add(TempStore.Admin, new() { Name = name, Users = [.. members.Select(m => new Bastion.Users.UserReference(m))] });
        world.Engine.AssetGroups.Add(TempStore.Admin, new() { Name = "web", Rule = new() { Names = ["web-*"] } });
        world.Engine.AssetGroups.Add(TempStore.Admin, new() { Name = "odd", Assets = [.. AssetGroups[1].Members.Select(m => new Bastion.Assets.AssetReference(m))] });
        Drawn[] policies = [.. Enumerable.Range(0, 14).Select(n => Draw(random, n))];
        foreach (Drawn policy in policies) Store(world, policy);
        int allowed = 0;
        const int Attempts = 400;
        for (int n = 0; n < Attempts; n++)
        {
            (string user, string asset, string account) = (Pick(random, Users), Pick(random, Assets), Pick(random, Accounts));
            (ProtocolChannel channel, int net, int hour) = (Pick(random, Channels), random.Next(4), random.Next(24));
            PolicyDecision decision = world.Engine.Policies.Test(new(user), new(asset), account, channel, new IPAddress([10, (byte)net, 0, 1]), new DateTimeOffset(2026, 11, 24, hour, 30, 0, TimeSpan.Zero));
            (bool expected, string?[] by) = Reference(policies, user, asset, account, channel, net, hour);
            Assert.True(expected == decision.Allowed, $"{user} {account}@{asset} {channel} 10.{net} {hour}:30: {decision.Summary}");
            Assert.Equal(by, decision.Sections.Where(s => s.Section != "Rules").Select(s => s.Policy));
            if (expected) allowed++;
        }

        // A draw that always says the same would test nothing.
        Assert.InRange(allowed, 1, Attempts - 1);
    }

    private static (bool Allowed, string?[] By) Reference(Drawn[] policies, string user, string asset, string account, ProtocolChannel channel, int net, int hour)
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
        return (allowed, [channels?.Name, hours?.Name, nets?.Name, null, null]);
    }

    private static bool Covers(string[]? members, string[]? groups, (string Name, string[] Members)[] all, string who) => (members is null && groups is null)
        || members?.Contains(who) == true || all.Any(g => groups?.Contains(g.Name) == true && g.Members.Contains(who));

    private static Drawn Draw(Random random, int number)
    {
        bool broken = random.Next(12) == 0;
        // A policy in doubt denies all it covers: it covers little here, else nothing would be left to see.
        return new Drawn(number, random.Next(1, 6), random.Next(5) > 0, Some(random, Users, broken), broken ? null : Rarely(random, UserGroups),
            Some(random, Assets, broken), broken ? null : Rarely(random, AssetGroups), Some(random, Accounts, broken),
            Maybe(random, Channels), Maybe(random, [.. Enumerable.Range(0, 24)]), Maybe(random, [0, 1, 2, 3]), random.Next(2) == 0, broken);
    }

    private static void Store(GrantWorld world, Drawn policy)
    {
        var rules = new List<PolicyRule>();
        if (policy.Open is not null) rules.Add(ProtocolControl.Of(policy.Open));
        if (policy.Hours is not null) rules.Add(TimeWindows.Parse([.. policy.Hours.Select(h => $"Mon-Sun {h:00}:00-{h + 1:00}:00 UTC")]));
        string[]? nets = policy.Nets?.Select(n => $"10.{n}.0.0/16").ToArray();
        if (nets is not null) rules.Add(policy.NetsDeny ? SourceAddresses.Parse(null, nets) : SourceAddresses.Parse(nets, null));
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
        internal string Name => $"policy {Number}";
    }
}
