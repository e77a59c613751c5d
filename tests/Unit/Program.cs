using Bastion.Unit.Audit;

namespace Bastion.Unit;

/// <summary>What a test starts as a process of its own, to kill it.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments is ["recording", ..] ? RecordingChild.Run(arguments[1..]) : 64;
}
