using System.Diagnostics;
using System.Net;
using System.Text;
using Bastion;
using Bastion.Assets;
using Bastion.Assets.Import;
using Bastion.Bench.Import;
using Bastion.Cloud;
using Bastion.Cloud.Connections;
using Bastion.Store;

// Imports a generated organisation into a fresh store and compares the time with the bare requests, issued with as many in flight.
//   dotnet run -c Release --project bench/Import [accounts] [assets] [latency ms] [accounts at once]
int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index]) : otherwise;
int accounts = Argument(0, 1000), assets = Argument(1, 100), latency = Argument(2, 20), atOnce = Argument(3, 16);
// Five calls for each account that is read, and two for each of the next few that get ready meanwhile: as many as the import may have in flight.
int inFlight = (atOnce * 5) + (atOnce / 2 * 2);

var admin = new Caller("bench", IPAddress.Loopback, FrontDoor.Module, IsAdministrator: true);
DirectoryInfo folder = Directory.CreateTempSubdirectory("bastion-bench-");
try
{
    using Rehearsal cloud = await Rehearsal.StartAsync(accounts, assets, latency, folder.FullName);
    using Engine engine = Engine.Create(new StoreLocation(Path.Combine(folder.FullName, "store")));
    await engine.Clouds.ConnectAsync(admin, new NewCloudConnection
    {
        Name = "bench", Endpoint = cloud.Endpoint, Source = CredentialSource.Given, AccessKeyId = cloud.KeyId, AccessKeySecret = Encoding.UTF8.GetBytes(cloud.Secret),
    }, default);
    using OpenCloud open = engine.Clouds.Open(null);
    await Parallel.ForEachAsync(cloud.Members, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, stop) => await engine.Accounts.AddAsync(admin, open.Connection, open.Inventory, id, stop));

    Dictionary<string, int> before = await cloud.CountsAsync();
    var everything = new CloudAssetQuery([CloudAssetKind.Host, CloudAssetKind.Database], []);
    async Task<(TimeSpan Took, List<AccountImport> Outcomes, TimeSpan Cpu)> ImportAsync()
    {
        var outcomes = new List<AccountImport>();
        TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        await foreach (AccountImport outcome in engine.Import.ImportAsync(admin, open.Inventory, cloud.Members, everything, atOnce, default)) outcomes.Add(outcome);
        return (Stopwatch.GetElapsedTime(start), outcomes, Process.GetCurrentProcess().TotalProcessorTime - used);
    }

    TimeSpan cloudCpu = cloud.ProcessorTime;
    TimeSpan jit = System.Runtime.JitInfo.GetCompilationTime();
    (TimeSpan took, List<AccountImport> first, TimeSpan cpu) = await ImportAsync();
    jit = System.Runtime.JitInfo.GetCompilationTime() - jit;
    cloudCpu = cloud.ProcessorTime - cloudCpu;
    Process.GetCurrentProcess().Refresh();
    long peak = Process.GetCurrentProcess().PeakWorkingSet64;
    Dictionary<string, int> after = await cloud.CountsAsync();
    int calls = after.Sum(c => c.Value) - before.Sum(c => c.Value);
    if (first.Any(o => o.Error is not null)) throw first.First(o => o.Error is not null).Error!;
    if (first.Sum(o => o.Added) != accounts * assets) throw new InvalidOperationException($"{first.Sum(o => o.Added)} assets came in, {accounts * assets} should have.");
    (TimeSpan again, List<AccountImport> second, TimeSpan cpuAgain) = await ImportAsync();
    if (second.Sum(o => o.Unchanged) != accounts * assets) throw new InvalidOperationException("The second import changed something.");

    var databases = engine.Assets.List(new AssetFilter { Kind = AssetKind.Database }).GroupBy(a => a.OwnerAccountId).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(a => a.InstanceId!)]);
    foreach (string member in cloud.Members) databases.TryAdd(member, []);
    TimeSpan cpuBare = Process.GetCurrentProcess().TotalProcessorTime;
    (TimeSpan bare, int bareCalls) = await BareLoop.RunAsync(cloud, databases, inFlight);

    cpuBare = Process.GetCurrentProcess().TotalProcessorTime - cpuBare;
    double floor = calls * latency / 1000.0 / inFlight;
    Console.WriteLine($"""
        {accounts} accounts × {assets} assets, {latency} ms latency, {atOnce} accounts at once, up to {inFlight} calls in flight
        import, fresh store   {took.TotalSeconds,7:0.00} s   {calls} calls, {cpu.TotalSeconds:0.0} s CPU here ({jit.TotalSeconds:0.0} s compiling), {cloudCpu.TotalSeconds:0.0} s CPU of the cloud
        import, again         {again.TotalSeconds,7:0.00} s   all unchanged, {cpuAgain.TotalSeconds:0.0} s CPU here
        bare requests         {bare.TotalSeconds,7:0.00} s   {bareCalls} calls, {cpuBare.TotalSeconds:0.0} s CPU here
        calls × latency / {inFlight}  {floor,7:0.00} s
        ratio to bare         {took / bare,7:0.00}
        ratio to calls × latency / concurrency {took.TotalSeconds / floor,0:0.00}
        peak memory           {peak / 1024.0 / 1024,7:0} MB
        """);
}
finally
{
    folder.Delete(recursive: true);
}
