using System.Runtime.InteropServices;
using System.Text;

namespace Bastion.Unit.Sessions;

/// <summary>A pseudo terminal: the master's side is the test's, the other is given to what is tested.</summary>
public sealed partial class Pty : IDisposable
{
    public Pty()
    {
        if (openpty(out int master, out int slave, 0, 0, 0) != 0) throw new InvalidOperationException("No pseudo terminal.");
        (Master, Slave) = (master, slave);
    }

    public int Master { get; private set; }

    public int Slave { get; }

    public string Settings
    {
        get
        {
            byte[] termios = new byte[256];
            return tcgetattr(Slave, termios) == 0 ? Convert.ToHexString(termios) : throw new InvalidOperationException("No attributes.");
        }
    }

    /// <summary>Puts settings in place, as another program on the terminal would.</summary>
    public void Apply(string settings) => Assert.Equal(0, tcsetattr(Slave, 0, Convert.FromHexString(settings)));

    public void Resize(ushort columns, ushort rows) => _ = ioctl(Master, 0x5414, [rows, columns, 0, 0]);

    public void Type(string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        Assert.Equal(bytes.Length, write(Master, bytes, bytes.Length));
    }

    /// <summary>What was written to the terminal; waits for something.</summary>
    public byte[] Take()
    {
        byte[] buffer = new byte[65536];
        nint count = read(Master, buffer, buffer.Length);
        return buffer[..(int)count];
    }

    /// <summary>As when the window is closed.</summary>
    public void Close()
    {
        if (Master >= 0) _ = close(Master);
        Master = -1;
    }

    public void Dispose()
    {
        Close();
        _ = close(Slave);
    }

    [LibraryImport("libc")]
    private static partial int openpty(out int master, out int slave, nint name, nint termios, nint size);

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, byte[] termios);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int descriptor, int when, byte[] termios);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, ushort[] size);

    [LibraryImport("libc")]
    private static partial nint read(int descriptor, byte[] buffer, nint count);

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, byte[] bytes, nint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
