using System.Diagnostics;

namespace Bastion.Unit.Console;

/// <summary>The program as it was built, without the module, with a home of its own.</summary>
internal static class Bastions
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>What ends the prompt line in the home folder.</summary>
    public const string Prompt = "PS bastion ~>";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "bastion.dll");

    /// <summary>The command line that starts it.</summary>
    public static string[] Command(params string[] arguments) => ["dotnet", Program, "-NoModule", .. arguments];

    /// <summary>Runs commands with a module in the place of Bastion.</summary>
    public static Task<(int Code, string Output, string Errors)> RunWithAsync(string manifest, string commands) =>
        RunAsync(["dotnet", Program, "-c", commands], "", folder: null, ("BASTION_MODULE", manifest));

    /// <summary>Starts it in a terminal and waits for the prompt. The terminal's folder is the home and the current folder.</summary>
    public static async Task<Tmux> AtPromptAsync(int columns = 80, int rows = 24, params (string Name, string Value)[] environment)
    {
        // The home has to be there before the terminal is
        Tmux tmux = await Tmux.StartAsync(["sh", "-c", "HOME=$PWD XDG_DATA_HOME=$PWD/data exec \"$@\"", "sh", .. Command()], columns, rows, environment);
        await tmux.ReadyAsync();
        return tmux;
    }

    /// <summary>Waits until the prompt stands at the end of the screen and its editor reads.</summary>
    public static async Task<string> ReadyAsync(this Tmux tmux)
    {
        string screen = await tmux.SeesAsync(screen => screen.TrimEnd().EndsWith(Prompt, StringComparison.Ordinal), "the prompt");
        await tmux.ReadsKeysAsync();
        return screen;
    }

    /// <summary>Enters a line when the prompt is ready.</summary>
    public static async Task SayAsync(this Tmux tmux, string line)
    {
        await tmux.ReadyAsync();
        await tmux.EnterAsync(line);
    }

    /// <summary>Runs it to its end without a terminal.</summary>
    public static Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, string input = "", string? folder = null) =>
        RunAsync(Command(arguments), input, folder, ("BASTION_MODULE", ""));

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] command, string input, string? folder, (string Name, string Value) variable)
    {
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment[variable.Name] = variable.Value;
        foreach (string argument in command[1..]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"bastion did not end within {Limit}.\n{await output}{await errors}");
        }

        return (process.ExitCode, await output, await errors);
    }
}
