using System.Management.Automation;
using Bastion.Policies.Code;

namespace Bastion.PowerShell.Policies;

/// <summary>Takes over control policies from YAML files: new ones are made, others changed, the same left alone. A file with any error changes nothing.</summary>
[Cmdlet(VerbsData.Import, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(PolicyImportStep))]
public sealed class ImportBhControlPolicyCommand : EngineCommand
{
    /// <summary>Files that Export-BhControlPolicy wrote, or people.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "FilePath")]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Path, async given =>
    {
        PolicyPlan plan = Engine.PolicyCode.Plan(FullPath(given));
        foreach (string warning in plan.Warnings) Warn(warning);
        var agreed = new HashSet<string>(StringComparer.Ordinal);
        foreach (PolicyImportStep step in plan.Steps.Where(step => step.Action != PolicyImportAction.Unchanged))
        {
            if (await ConfirmAsync(step.Policy, Question(step))) agreed.Add(step.Policy);
        }

        Dictionary<string, PolicyImportStep> done = agreed.Count == 0 ? [] : Engine.PolicyCode.Import(Caller, plan, agreed).ToDictionary(step => step.Policy, StringComparer.Ordinal);
        Emit(plan.Steps.Select(step => done.GetValueOrDefault(step.Policy, step)));
    });

    private static string Question(PolicyImportStep step) => $"{step.Action} control policy ({step.Detail})";
}
