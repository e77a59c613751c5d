using System.Management.Automation;

namespace Bastion.PowerShell;

/// <summary>Lets go of open stores when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => StoreSession.CloseAll();
}
