using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Bastion.Unit.Architecture;

/// <summary>The engine's folders have a drawn order (docs/architecture.md); this reads the assembly and keeps it.</summary>
public class FolderOrderTests
{
    // From the top down: a folder may use those after it, never those before.
    private static readonly string[] Order = ["(root)", "Sessions", "Approvals", "Policies", "Grants", "Roles", "Users", "Assets", "Accounts", "Cloud", "Audit", "(context)", "Roles.Rights", "Audit.Events", "Vault", "Store", "(common)"];

    // The root namespace holds the facade on top, the context that services share, and what everything uses.
    private static readonly Dictionary<string, string> Root = new() { ["Engine"] = "(root)", ["EngineContext"] = "(context)", ["Change"] = "(context)" };

    [Fact]
    public void No_folder_of_the_engine_uses_one_above_it()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Engine).Assembly.Location);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            if (FolderOf(type) is not { } from) continue;
            foreach (TypeReference used in UsedBy(type))
            {
                if (FolderOf(used) is { } to && Array.IndexOf(Order, to) < Array.IndexOf(Order, from)) wrong.Add($"{from} → {to}: {type.FullName} uses {used.FullName}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_folder_of_the_engine_has_its_place_in_the_order()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Engine).Assembly.Location);
        IEnumerable<string> folders = assembly.MainModule.GetTypes().Select(FolderOf).OfType<string>().Distinct();
        Assert.Empty(folders.Except(Order));
    }

    private static string? FolderOf(TypeReference type)
    {
        TypeReference outer = type;
        while (outer.DeclaringType is not null) outer = outer.DeclaringType;
        string[] parts = outer.Namespace.Split('.');
        if (parts[0] != "Bastion") return null;
        if (parts.Length == 1) return Root.GetValueOrDefault(outer.Name, "(common)");
        string inner = string.Join('.', parts.Skip(1));
        return Order.Contains(inner) ? inner : parts[1];
    }

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference> declared =
        [
            .. type.BaseType is null ? [] : new[] { type.BaseType },
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.Select(m => m.ReturnType),
            .. type.Methods.SelectMany(m => m.Parameters).Select(p => p.ParameterType),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Variables).Select(v => v.VariableType),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(Operands),
        ];
        return declared.SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Operands(Instruction instruction) => instruction.Operand switch
    {
        TypeReference t => [t],
        GenericInstanceMethod m => [m.DeclaringType, .. m.GenericArguments],
        MethodReference m => [m.DeclaringType],
        FieldReference f => [f.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType g => [g.ElementType, .. g.GenericArguments.SelectMany(Parts)],
        TypeSpecification s => Parts(s.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
