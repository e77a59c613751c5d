using Bastion.Sandbox;
using Bastion.Sandbox.Hosts;

try
{
    CommandLine asked = CommandLine.Parse(args);
    if (asked.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }
    await Rehearsal.RunAsync(asked);
    return 0;
}
catch (Exception e) when (e is UsageException or WorldException or HostException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"bastion-sandbox: {e.Message}");
    return e is UsageException ? 2 : 1;
}
