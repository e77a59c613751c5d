using Bastion.Audit.Events;

namespace Bastion.Unit.Roles;

/// <summary>Every operation of the engine, tried by the holder of every role on what is his project's and what is another's.</summary>
public sealed class OperationTests(RoleTemplate template) : IClassFixture<RoleTemplate>
{
    private const string HowToAdd = "Say to whom it is open in tests/Unit/Roles/Operations.cs. In the service: a change of the whole store's runs under _context.Change; "
        + "a change of what an account owns under _context.ChangeOwned, and says change.Authorize(owner, name) before it changes anything; a read through _context.Database "
        + "is narrowed by itself, if Roles/Rights/VisibilityStore.cs says who sees which rows of its tables.";

    public static TheoryData<string> Names() => [.. Operations.All.Select(o => o.Name)];

    [Fact]
    public void Every_operation_of_the_engine_says_to_whom_it_is_open()
    {
        string[] missing = [.. Operations.OfEngine().Except(Operations.All.Select(o => o.Name)).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"No row for {string.Join("; ", missing)}. {HowToAdd}");
        Assert.Empty(Operations.All.Select(o => o.Name).Except(Operations.OfEngine()));
        Assert.Empty(Operations.All.GroupBy(o => o.Name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_is_open_to_just_those_whose_role_opens_it(string name)
    {
        Operation operation = Operations.Named(name);
        RoleWorld? world = null;
        try
        {
            foreach ((string caller, string side) in from caller in RoleWorld.Callers from side in new[] { "own", "foreign" } select (caller, side))
            {
                world ??= template.Copy();
                long before = Newest(world);
                bool did = Try(operation, new Attempt(world, world.For(caller), world.As(caller), caller == RoleWorld.Holder ? "operator" : caller, side));
                Assert.True(did == IsOpen(operation.Open, caller, side), $"{name} by {caller} on {side}: {(did ? "done, but it should have been refused" : "refused, but it should have been done")}.");
                AuditEvent[] told = [.. world.Engine.AuditEvents.List(new AuditEventFilter()).TakeWhile(e => e.Id > before)];
                if (operation.Changes) CheckEvents(told, did, $"{name} by {caller} on {side}", world.As(caller));
                if (told.Length == 0) continue;
                // Something was changed: the next one finds the world as it was.
                world.Dispose();
                world = null;
            }
        }
        finally
        {
            world?.Dispose();
        }
    }

    private static void CheckEvents(AuditEvent[] told, bool did, string what, Caller caller)
    {
        Assert.True(told.Length == (did ? 1 : 0), $"{what} left the events [{string.Join(", ", told.Select(e => e.Action))}]: one change is one event, in its transaction; what is refused leaves none.");
        if (!did) return;
        Assert.True(told[0].Before is not null || told[0].After is not null, $"{what}: the event {told[0].Action} tells neither what was before nor what is after. Give change.Audit before: and after:.");
        Assert.NotEqual(told[0].Before, told[0].After);
        Assert.Equal((caller.Name, caller.UserId), (told[0].Caller, told[0].CallerUserId));
    }

    private static long Newest(RoleWorld world) => world.Engine.AuditEvents.List(new AuditEventFilter()).First().Id;

    private static bool Try(Operation operation, Attempt attempt)
    {
        try
        {
            return operation.Try(attempt);
        }
        catch (BastionException e) when (e.Kind is ErrorKind.Denied or ErrorKind.NotFound or ErrorKind.InvalidInput)
        {
            return false;
        }
        catch (Exception e) when (e is OperationCanceledException or BastionException)
        {
            // As far as the cloud or the host: every gate let it through.
            return true;
        }
    }

    private static bool IsOpen(Open open, string caller, string side)
    {
        bool isOwn = side == "own";
        bool administers = caller is RoleWorld.Holder or "administrator" || (caller == "administrator-own" && isOwn);
        bool looks = administers || caller == "auditor" || (caller == "auditor-own" && isOwn);
        return open switch
        {
            Open.ToAdministratorsOfEverything => caller is RoleWorld.Holder or "administrator",
            Open.ToAdministratorsOfTheAccount => administers,
            Open.ToWhoLooksAtTheAccount => looks,
            Open.ToWhoLooksAtAnything => looks || caller is "administrator-own" or "auditor-own",
            Open.ToOperatorsOfTheAccount => caller is RoleWorld.Holder or "operator" || (caller == "operator-own" && isOwn),
            _ => true,
        };
    }
}
