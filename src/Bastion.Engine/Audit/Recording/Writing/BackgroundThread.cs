using System.Runtime.InteropServices;

namespace Bastion.Audit.Recording.Writing;

/// <summary>A thread that leaves the processor to those who have somebody waiting.</summary>
internal static partial class BackgroundThread
{
    private const int OfThisThread = 0; // PRIO_PROCESS, which on Linux means one thread
    private const int Nice = 10;

    internal static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            // .NET's priorities do nothing on Linux, where each thread has its own niceness; elsewhere niceness is the whole process's.
            if (OperatingSystem.IsLinux()) _ = SetPriority(OfThisThread, 0, Nice);
            work();
        }, maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = name,
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return thread;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
