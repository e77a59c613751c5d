using Bastion.Approvals;
using Bastion.Approvals.Webhooks;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Sessions;
using Bastion.Users;
using Bastion.Users.Directories;
using Bastion.Users.Import;
using Bastion.Users.Keys;
using Bastion.Users.SignIn;
using Bastion.Users.Totp;

namespace Bastion.Unit.Roles;

/// <summary>How users sign in, and what is approved.</summary>
internal static partial class Operations
{
    private const string GuestKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIABCFeAZgf6g61Rt4vZd8eTxOfp7plw/IyGKXIAsysjt guest";
    private static readonly byte[] GuestPassword = [.. "Correct-Horse-9-Battery"u8];
    private static readonly UserReference Approver = new("approver");

    private static IEnumerable<Operation> SignIns()
    {
        yield return new("UserService.WhyNotActive(reference)", Open.ToWhoLooksAtAnything, a => a.Engine.Users.WhyNotActive(Attempt.Guest) is null);
        yield return new("UserLockService.Lock(reference, until, reason)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserLocks.Lock(a.Caller, Attempt.Guest)), Changes: true);
        yield return new("UserLockService.Unlock(reference)", Open.ToAdministratorsOfEverything, a =>
        {
            a.World.Engine.UserLocks.Lock(TempStore.Admin, Attempt.Guest);
            return Do(a.Engine.UserLocks.Unlock(a.Caller, Attempt.Guest));
        });
        yield return new("UserPublicKeyService.Add(reference, lines, comment)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserPublicKeys.Add(a.Caller, Attempt.Guest, [GuestKey])), Changes: true);
        yield return new("UserPublicKeyService.Remove(reference, fingerprint)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserPublicKeys.Remove(a.Caller, Attempt.Guest, WithKey(a).Fingerprint)));
        yield return new("UserPublicKeyService.List(user)", Open.ToWhoLooksAtAnything, a => WithKey(a) is var key && a.Engine.UserPublicKeys.List(null).Any(k => k.Fingerprint == key.Fingerprint));
        yield return new("UserPublicKeyService.Find(publicKey)", Open.ToWhoLooksAtAnything, a => WithKey(a) is not null && a.Engine.UserPublicKeys.Find(GuestKey) is not null);
        yield return new("UserPublicKeyService.Authorized(name)", Open.ToWhoLooksAtAnything, a => WithKey(a) is not null && a.Engine.UserPublicKeys.Authorized("guest").Count == 1);
        yield return new("UserPasswordService.Set(reference, password, mustChange)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserPasswords.Set(a.Caller, Attempt.Guest, GuestPassword)), Changes: true);
        yield return new("UserPasswordService.RequireChange(reference, mustChange)", Open.ToAdministratorsOfEverything, a =>
        {
            a.World.Engine.UserPasswords.Set(TempStore.Admin, Attempt.Guest, GuestPassword, mustChange: false);
            return Do(a.Engine.UserPasswords.RequireChange(a.Caller, Attempt.Guest, mustChange: true));
        });
        yield return new("UserPasswordService.Remove(reference)", Open.ToAdministratorsOfEverything, a =>
        {
            a.World.Engine.UserPasswords.Set(TempStore.Admin, Attempt.Guest, GuestPassword);
            return Do(a.Engine.UserPasswords.Remove(a.Caller, Attempt.Guest));
        });
        yield return new("TotpService.Register(reference, issuer, picture, overwrite)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Totp.Register(a.Caller, Attempt.Guest)), Changes: true);
        yield return new("TotpService.Confirm(reference, code)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Totp.Confirm(a.Caller, Attempt.Guest, FirstCode(a))));
        yield return new("TotpService.Remove(reference)", Open.ToAdministratorsOfEverything, a =>
        {
            a.World.Engine.Totp.Register(TempStore.Admin, Attempt.Guest);
            return Do(a.Engine.Totp.Remove(a.Caller, Attempt.Guest));
        });
        yield return new("SignInPolicyService.Get()", Open.ToEverybody, a => Do(a.Engine.SignInPolicy.Get()));
        yield return new("SignInPolicyService.Change(update)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.SignInPolicy.Change(a.Caller, new SignInPolicyChange { LockAfter = 9 })), Changes: true);
        // At the door nobody is anybody yet.
        yield return new("SignInService.SignIn(door, attempt)", Open.ToEverybody, a =>
        {
            a.World.Engine.UserPasswords.Set(TempStore.Admin, Attempt.Guest, GuestPassword, mustChange: false);
            return a.Engine.SignIns.SignIn(a.Caller, new SignInAttempt { Name = "guest", Password = GuestPassword }).Caller is { IsAdministrator: false, UserId: not null };
        });
        yield return new("UserImportService.Plan(row)", Open.ToWhoLooksAtAnything, a => a.Engine.UserImport.Plan(GuestRow).Action == UserImportAction.Change);
        yield return new("UserImportService.Apply(row)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserImport.Apply(a.Caller, GuestRow)), Changes: true);
        yield return new("UserDirectoryService.List(names)", Open.ToWhoLooksAtAnything, a => WithDirectory(a) is not null && a.Engine.UserDirectories.List([]).Count == 1);
        yield return new("UserDirectoryService.Resolve(name)", Open.ToWhoLooksAtAnything, a => Do(a.Engine.UserDirectories.Resolve(WithDirectory(a).Name)));
        yield return new("UserDirectoryService.Add(directory, password)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserDirectories.Add(a.Caller, Directory, null)), Changes: true);
        yield return new("UserDirectoryService.Remove(name)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserDirectories.Remove(a.Caller, WithDirectory(a).Name)));
        yield return new("UserDirectoryService.Test(name)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserDirectories.Test(WithDirectory(a).Name)));
        yield return new("UserDirectoryService.Users(name)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserDirectories.Users(WithDirectory(a).Name).Count()));
    }

    private static IEnumerable<Operation> ApprovalsAndWebhooks()
    {
        yield return new("SessionService.AskApproval(request, channel)", Open.ToOperatorsOfTheAccount, a =>
        {
            Guard(a);
            return Do(a.Engine.Sessions.AskApproval(a.Caller, Request(a), ProtocolChannel.SshShell));
        });
        yield return new("ApprovalService.List(filter)", Open.ToWhoAsksOrLooksOrApproves, a => Asked(a) is var id && a.Engine.Approvals.List(a.Caller, new ApprovalFilter()).Any(r => r.Id == id));
        yield return new("ApprovalService.Get(id)", Open.ToWhoAsksOrLooksOrApproves, a => Do(a.Engine.Approvals.Get(a.Caller, Asked(a))));
        yield return new("ApprovalService.WaitAsync(id, timeout, onWaiting)", Open.ToWhoAsksOrLooksOrApproves, a => Wait(a.Engine.Approvals.WaitAsync(a.Caller, Asked(a), TimeSpan.Zero, null, default)));
        yield return new("ApprovalService.Approve(id, answer)", Open.ToApprovers, a => Do(a.Engine.Approvals.Approve(a.Caller, Asked(a), Answer(a))));
        yield return new("ApprovalService.Deny(id, answer)", Open.ToApproversAndWhoAsks, a => Do(a.Engine.Approvals.Deny(a.Caller, Asked(a), Answer(a))));
        yield return new("PolicyService.Warnings(policy)", Open.ToEverybody, a => Do(a.Engine.Policies.Warnings(a.World.Engine.Policies.Resolve(a.Policy))));
        yield return new("WebhookService.List()", Open.ToAuditorsOfEverything, a => WithWebhook(a) is not null && a.Engine.Webhooks.List().Count == 1);
        yield return new("WebhookService.Resolve(name)", Open.ToAuditorsOfEverything, a => Do(a.Engine.Webhooks.Resolve(WithWebhook(a))));
        yield return new("WebhookService.Add(webhook)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Webhooks.Add(a.Caller, Webhook)), Changes: true);
        yield return new("WebhookService.Remove(name)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Webhooks.Remove(a.Caller, WithWebhook(a))));
        yield return new("WebhookService.TestAsync(name)", Open.ToAdministratorsOfEverything, a => Wait(a.Engine.Webhooks.TestAsync(a.Caller, WithWebhook(a), default)));
    }

    private static UserDirectory Directory => new() { Name = "corp", Server = "127.0.0.1", Port = 1, BaseDn = "dc=example,dc=org" };

    private static NewWebhook Webhook => new() { Name = "chat", Url = "http://127.0.0.1:1/" };

    private static UserImportRow GuestRow => new() { Line = 1, Name = "guest", Comment = new(true, "new") };

    private static UserPublicKey WithKey(Attempt a) => a.World.Engine.UserPublicKeys.Add(TempStore.Admin, Attempt.Guest, [GuestKey]).Single();

    private static UserDirectory WithDirectory(Attempt a) => a.World.Engine.UserDirectories.Add(TempStore.Admin, Directory, null);

    private static string WithWebhook(Attempt a) => a.World.Engine.Webhooks.Add(TempStore.Admin, Webhook).Name;

    private static string FirstCode(Attempt a)
    {
        a.World.Engine.Totp.Register(TempStore.Admin, Attempt.Guest);
        EngineContext context = a.World.Engine.Context;
        long guest = a.World.Engine.Users.Resolve(Attempt.Guest).Id;
        byte[] key = context.Database.Read(connection => TotpStore.Key(connection, context.Vault, guest, pending: true))!;
        return new OtpNet.Totp(key).ComputeTotp(context.Now.UtcDateTime);
    }

    private static void Guard(Attempt a) => a.World.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy
    {
        Name = "ask", Assets = [a.Asset], Rules = [SessionApproval.By(new ApprovalTerms { Approvers = ["approver"] })],
    });

    // The operator for everything asks, whoever then looks or answers.
    private static string Asked(Attempt a)
    {
        Guard(a);
        return a.World.Engine.Sessions.AskApproval(a.World.As("operator"), new SessionRequest { Asset = a.Asset, Account = "root" }, ProtocolChannel.SshShell).Id;
    }

    private static ApprovalAnswer Answer(Attempt a) => new() { As = a.Caller.UserId is null ? Approver : null };
}
