using System.Diagnostics;
using System.Text;

namespace Bastion.Unit.Policies.Commands;

/// <summary>Real shells, and harmless programs that take down that they ran.</summary>
internal sealed class Shells : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bastion-shells-").FullName;

    internal Shells()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Directory.CreateDirectory(Path.Combine(_folder, "work"));
        for (int i = 0; i < Programs.Count; i++)
        {
            string program = Path.Combine(_folder, "bin", Programs[i]);
            File.WriteAllText(program, $"#!/bin/sh\necho {Programs[i]} >> '{Log}'\nexit {i % 2}\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    internal static IReadOnlyList<string> Programs { get; } = [.. Enumerable.Range(0, 12).Select(i => $"p{i}")];

    private string Log => Path.Combine(_folder, "log");

    /// <summary>Whether bash would take each text.</summary>
    internal static IReadOnlyList<bool> Accepts(IEnumerable<string> texts)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false) };
        foreach (string word in new[] { "-c", "while IFS= read -r -d '' s; do if bash -n -c -- \"$s\" 2>/dev/null </dev/null; then echo 1; else echo 0; fi; done" }) start.ArgumentList.Add(word);
        using Process bash = Process.Start(start)!;
        Task<string> answers = bash.StandardOutput.ReadToEndAsync();
        foreach (string text in texts) bash.StandardInput.Write(text + "\0");
        bash.StandardInput.Close();
        return [.. answers.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line == "1")];
    }

    /// <summary>The programs that a text really runs.</summary>
    internal IReadOnlyList<string> Run(string shell, string text)
    {
        File.Delete(Log);
        var start = new ProcessStartInfo("timeout", ["-k", "1", "5", shell, .. shell == "bash" ? new[] { "-p" } : [], "-c", text])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(_folder, "work"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Path.Combine(_folder, "bin") + ":/usr/bin:/bin";
        start.Environment["FUNCNEST"] = "10";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        Task.WaitAll(output, errors);
        process.WaitForExit();
        return File.Exists(Log) ? [.. File.ReadAllLines(Log).Distinct()] : [];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
