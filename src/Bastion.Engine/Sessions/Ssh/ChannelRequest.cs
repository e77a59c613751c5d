using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Renci.SshNet.Messages.Connection;

namespace Bastion.Sessions.Ssh;

/// <summary>What is asked of a session channel (RFC 4254, section 6): a terminal, a shell, a command, a signal.</summary>
internal sealed class ChannelRequest : RequestInfo
{
    private readonly byte[] _payload;

    private ChannelRequest(string name, bool wantReply, Action<Payload>? write = null)
    {
        RequestName = name;
        WantReply = wantReply;
        var payload = new Payload();
        write?.Invoke(payload);
        _payload = payload.Bytes;
    }

    public override string RequestName { get; }

    protected override int BufferCapacity => base.BufferCapacity + _payload.Length;

    internal static ChannelRequest Shell() => new("shell", wantReply: true);

    internal static ChannelRequest Exec(string command) => new("exec", wantReply: true, p => p.Text(command));

    internal static ChannelRequest Environment(string name, string value) => new("env", wantReply: false, p => p.Text(name).Text(value));

    internal static ChannelRequest Terminal(string type, int columns, int rows) =>
        new("pty-req", wantReply: true, p => p.Text(type).Number(columns).Number(rows).Number(0).Number(0).Block(TerminalModes));

    /// <summary>A terminal that nobody sees and that hands on every byte as it is.</summary>
    internal static ChannelRequest RawTerminal() =>
        new("pty-req", wantReply: true, p => p.Text("dumb").Number(80).Number(24).Number(0).Number(0).Block(RawModes));

    internal static ChannelRequest Resize(int columns, int rows) =>
        new("window-change", wantReply: false, p => p.Number(columns).Number(rows).Number(0).Number(0));

    /// <param name="name">Without SIG, e.g. <c>TERM</c>.</param>
    internal static ChannelRequest Signal(string name) => new("signal", wantReply: true, p => p.Text(name));

    /// <summary>A question that no host knows but every host must answer.</summary>
    internal static ChannelRequest AreYouThere() => new("keepalive@openssh.com", wantReply: true);

    protected override void SaveData()
    {
        base.SaveData();
        Write(_payload);
    }

    // Each an opcode and a number: IUTF8 on, so that erasing takes whole characters; speeds that no program takes for a slow line; end.
    private static byte[] TerminalModes { get; } = [42, 0, 0, 0, 1, 128, 0, 0, 0x96, 0, 129, 0, 0, 0x96, 0, 0];

    // Off: translation of ends of lines, flow control, signals, lines, echo, output processing. See RFC 4254, section 8.
    private static byte[] RawModes { get; } = [.. ((byte[])[34, 35, 36, 38, 40, 50, 51, 53, 59, 60, 70, 72]).SelectMany(mode => (byte[])[mode, 0, 0, 0, 0]), 0];

    private sealed class Payload
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        internal byte[] Bytes => _bytes.WrittenSpan.ToArray();

        internal Payload Number(int value)
        {
            BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), value);
            _bytes.Advance(4);
            return this;
        }

        internal Payload Text(string value) => Block(Encoding.UTF8.GetBytes(value));

        internal Payload Block(byte[] bytes)
        {
            Number(bytes.Length);
            _bytes.Write(bytes);
            return this;
        }
    }
}

/// <summary>Opens a session channel.</summary>
internal sealed class SessionChannelOpen : ChannelOpenInfo
{
    public override string ChannelType => "session";
}
