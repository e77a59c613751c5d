using System.Globalization;
using Bastion.Bench.Session;
using Bastion.Unit.Sessions;

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("This bench needs Linux: pseudo terminals, sshd and ssh.");
    return 2;
}

if (args is ["client", ..]) return await Client.RunAsync();

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Options.Usage}");
    return 2;
}

await using SshServer server = await SshServer.StartAsync();
string folder = Directory.CreateTempSubdirectory("bastion-bench-").FullName;
try
{
    await using DelayRelay? relay = options.Delay > TimeSpan.Zero ? new DelayRelay(server.Port, options.Delay) : null;
    var lab = new Lab(server, folder, relay?.Port ?? server.Port, options);
    Console.WriteLine($"{DateTime.UtcNow:u}  {Environment.ProcessorCount} cores, {options.Delay.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture)} ms each way, ours: {options.Ours ?? "(InteractiveShell in this program)"}");
    if (options.Keys > 0) EchoBench.Run(lab);
    if (options.Starts > 0) StartBench.Run(lab);
    if (options.BulkMegabytes > 0) await BulkBench.RunAsync(lab);
    if (options.CtrlC) CtrlCBench.Run(lab);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
