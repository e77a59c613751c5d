using System.Reflection;

namespace Bastion.Unit.Architecture;

/// <summary>A text kept in the repository that has to agree with the code. BASTION_UPDATE_APPROVED=1 writes it anew, for review.</summary>
internal static class Approved
{
    internal static string Repository { get; } =
        typeof(Approved).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!;

    internal static void Check(string file, string text)
    {
        string path = Path.Combine(Repository, file);
        text = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("BASTION_UPDATE_APPROVED") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{file} is missing. Write it with BASTION_UPDATE_APPROVED=1.");
        Assert.True(File.ReadAllText(path).ReplaceLineEndings("\n") == text, $"{file} no longer agrees with the code. Look at the difference after running the test with BASTION_UPDATE_APPROVED=1.");
    }
}
