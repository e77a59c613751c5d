using System.Management.Automation.Runspaces;

namespace Bastion.Console.Prompt;

/// <summary>What our prompt adds to PSReadLine's.</summary>
internal static class PromptSettings
{
    /// <summary>Loads PSReadLine and then our settings of it, when the session opens.</summary>
    public static void AddTo(InitialSessionState state) =>
        state.ImportPSModule("PSReadLine", Path.Combine(AppContext.BaseDirectory, "BastionPrompt.psm1"));
}
