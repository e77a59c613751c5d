using System.Collections.Frozen;

namespace Bastion.Sandbox;

/// <summary>The words that the cloud knows.</summary>
internal static class WorldRules
{
    public static readonly FrozenSet<string> InstanceStatuses =
        Set("Pending", "Starting", "Running", "Stopping", "Stopped");

    public static readonly FrozenSet<string> Engines = Set("MySQL", "SQLServer", "PostgreSQL", "MariaDB");

    public static readonly FrozenSet<string> AccountStatuses = Set(
        "CreateSuccess", "CreateVerifying", "CreateFailed", "CreateExpired", "CreateCancelled",
        "InviteSuccess", "PromoteVerifying", "PromoteFailed", "PromoteExpired", "PromoteCancelled", "PromoteSuccess",
        "SwitchSuccess", "Removed");

    public static readonly FrozenSet<string> DatabaseStatuses = Set(
        "Creating", "Running", "Deleting", "Rebooting", "Stopping", "Stopped", "DBInstanceClassChanging", "TRANSING",
        "EngineVersionUpgrading", "TransingToOthers", "GuardDBInstanceCreating", "Restoring", "Importing",
        "ImportingFromOthers", "DBInstanceNetTypeChanging", "GuardSwitching", "INS_CLONING", "Released");

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
