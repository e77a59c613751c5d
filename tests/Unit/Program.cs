using Bastion.Unit.Audit;
using Bastion.Unit.Credentials;

namespace Bastion.Unit;

/// <summary>What a test starts as a process of its own, to kill it.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["recording", ..] => RecordingChild.Run(arguments[1..]),
        ["rotation", ..] => RotationWorld.Run(arguments[1..]),
        _ => 64,
    };
}
