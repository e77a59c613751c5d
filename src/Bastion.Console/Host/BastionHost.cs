using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace Bastion.Console.Host;

/// <summary>The PowerShell host: one process, one terminal.</summary>
internal sealed class BastionHost : PSHost
{
    private readonly HostUI _ui;

    /// <param name="terminal">Where to read and show.</param>
    /// <param name="interactive">Questions may be asked; otherwise they are errors.</param>
    public BastionHost(Terminal terminal, bool interactive) => _ui = new HostUI(terminal, interactive);

    /// <summary>Version of this build.</summary>
    public static string ProductVersion { get; } = typeof(BastionHost).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Version of the PowerShell engine inside.</summary>
    public static string EngineVersion { get; } =
        typeof(PSObject).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(' ', '+')[0] ?? "7";

    /// <inheritdoc/>
    public override string Name => "BastionHost";

    /// <inheritdoc/>
    public override Version Version { get; } = new(ProductVersion);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <summary>The same as <see cref="UI"/>, with what the shell needs of it.</summary>
    public HostUI Screen => _ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>What <c>exit N</c> asked for; null while nobody asked.</summary>
    public int? ExitCode { get; set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() =>
        throw new PSNotImplementedException("This host has no nested prompts; answer the question with yes or no.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => _ui.Progress.Erase();

    /// <inheritdoc/>
    public override void NotifyEndApplication() => TerminalMode.Restore();
}
