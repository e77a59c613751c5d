namespace Bastion.Policies;

/// <summary>What a session can open, each on its own under protocol control. Its words are kept in the store and in the audit.</summary>
public enum ProtocolChannel
{
    /// <summary>Interactive shell over SSH.</summary>
    SshShell = 1,
    /// <summary>A single command over SSH.</summary>
    SshExec,
    /// <summary>SFTP as such; what can be done in it is the other Sftp words.</summary>
    SftpChannel,
    /// <summary>List folders.</summary>
    SftpList,
    /// <summary>Write files.</summary>
    SftpUpload,
    /// <summary>Read files.</summary>
    SftpDownload,
    /// <summary>Rename files and folders.</summary>
    SftpRename,
    /// <summary>Delete files.</summary>
    SftpDeleteFile,
    /// <summary>Delete folders.</summary>
    SftpDeleteFolder,
    /// <summary>Make folders.</summary>
    SftpMakeFolder,
    /// <summary>Set modes, owners and times.</summary>
    SftpSetAttributes,
    /// <summary>Make symbolic and hard links.</summary>
    SftpLink,
    /// <summary>Windows of programs on the asset.</summary>
    X11,
    /// <summary>The user's SSH agent, usable from the asset.</summary>
    AgentForwarding,
    /// <summary>A port at the user's side that leads through the asset.</summary>
    LocalForwarding,
    /// <summary>A port on the asset that leads to the user's side.</summary>
    RemoteForwarding,
    /// <summary>A connection through the asset without a port of its own (<c>ssh -W</c>, jump host).</summary>
    DirectTcp,
    /// <summary>Remote desktop as such; what can pass through it is the other Rdp words.</summary>
    Rdp,
    /// <summary>Clipboard from the user to the asset.</summary>
    RdpClipboardIn,
    /// <summary>Clipboard from the asset to the user.</summary>
    RdpClipboardOut,
    /// <summary>Files from the user's drives to the asset.</summary>
    RdpDriveIn,
    /// <summary>Files from the asset to the user's drives.</summary>
    RdpDriveOut,
    /// <summary>The user's printers.</summary>
    RdpPrinter,
    /// <summary>What is typed is recorded.</summary>
    RdpKeyboardRecording,
    /// <summary>A database session as such; which statements it takes is the other Sql words.</summary>
    Sql,
    /// <summary>Statements that read.</summary>
    SqlSelect,
    /// <summary>Statements that add rows.</summary>
    SqlInsert,
    /// <summary>Statements that change rows.</summary>
    SqlUpdate,
    /// <summary>Statements that delete rows.</summary>
    SqlDelete,
    /// <summary>Statements that make, change or drop tables and other objects.</summary>
    SqlDefine,
    /// <summary>Statements that give and take rights.</summary>
    SqlGrant,
    /// <summary>Procedures and functions that are called.</summary>
    SqlCall,
    /// <summary>Begin, commit, roll back.</summary>
    SqlTransaction,
    /// <summary>Settings of the session.</summary>
    SqlSession,
    /// <summary>Statements of any other kind.</summary>
    SqlOther,
    /// <summary>A TCP tunnel to the asset for a native client.</summary>
    Tunnel,
}

/// <summary>The names of channels, and which lives inside which.</summary>
public static class ProtocolChannels
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<ProtocolChannel> All { get; } = Enum.GetValues<ProtocolChannel>();

    /// <summary>The channel inside which this one lives; <see langword="null"/>: it stands alone.</summary>
    public static ProtocolChannel? Carrier(ProtocolChannel channel) => channel switch
    {
        > ProtocolChannel.SftpChannel and <= ProtocolChannel.SftpLink => ProtocolChannel.SftpChannel,
        > ProtocolChannel.Rdp and <= ProtocolChannel.RdpKeyboardRecording => ProtocolChannel.Rdp,
        > ProtocolChannel.Sql and <= ProtocolChannel.SqlOther => ProtocolChannel.Sql,
        _ => null,
    };

    /// <summary>The channels that words mean, e.g. <c>SshShell</c>; with wildcards, e.g. <c>Sftp*</c>, all that fit today.</summary>
    /// <exception cref="UnknownChannelException">A word means none.</exception>
    public static IReadOnlyList<ProtocolChannel> Parse(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return [.. words.SelectMany(Parse).Distinct().Order()];
    }

    // Not Enum.Parse: that takes numbers and lists too.
    private static IEnumerable<ProtocolChannel> Parse(string word)
    {
        var pattern = new NamePattern(word?.Trim() ?? "");
        ProtocolChannel[] meant = [.. All.Where(channel => pattern.Matches(channel.ToString()))];
        return meant.Length > 0 ? meant : throw new UnknownChannelException(pattern.Text, Names.Nearest(pattern.Text, All.Select(c => c.ToString())));
    }
}
