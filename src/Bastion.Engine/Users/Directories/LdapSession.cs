using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using System.Text;

namespace Bastion.Users.Directories;

/// <summary>A connection to a directory, over TLS with its certificate verified.</summary>
internal sealed class LdapSession : IDisposable
{
    private const int PageSize = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly UserDirectory _directory;
    private readonly LdapConnection _connection;

    private LdapSession(UserDirectory directory, LdapConnection connection) => (_directory, _connection) = (directory, connection);

    /// <summary>Connects and signs in.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="dn">As whom; <see langword="null"/>: as nobody.</param>
    /// <param name="password">With which password. An empty one is refused before it is sent: servers take it for nobody's, and say yes.</param>
    /// <exception cref="UserDirectoryException">Not reached, not trusted, or refused.</exception>
    internal static LdapSession Open(UserDirectory directory, string? dn, string? password)
    {
        if (dn is not null && string.IsNullOrEmpty(password)) throw UserDirectoryException.From(directory, new LdapException(49));
        LdapConnection? connection = null;
        try
        {
            connection = new LdapConnection(new LdapDirectoryIdentifier(directory.Server, directory.Port, fullyQualifiedDnsHostName: true, connectionless: false)) { Timeout = Patience };
            connection.SessionOptions.ProtocolVersion = 3;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None; // another server would get the password
            connection.SessionOptions.SecureSocketLayer = true;
            Trust(connection, directory);
            connection.AuthType = dn is null ? AuthType.Anonymous : AuthType.Basic;
            if (dn is null) connection.Bind();
            else connection.Bind(new NetworkCredential(dn, password));
            return new LdapSession(directory, connection);
        }
        catch (Exception e) when (e is LdapException or DirectoryOperationException or DllNotFoundException or TypeInitializationException or PlatformNotSupportedException)
        {
            connection?.Dispose();
            throw UserDirectoryException.From(directory, e);
        }
    }

    /// <summary>Users that fit, page by page.</summary>
    /// <param name="name">The name to sign in with; <see langword="null"/>: all.</param>
    /// <exception cref="UserDirectoryException">The search failed.</exception>
    internal IEnumerable<DirectoryEntry> Find(string? name)
    {
        string filter = name is null ? _directory.Filter : $"(&{_directory.Filter}({_directory.NameAttribute}={Escape(name)}))";
        var page = new PageResultRequestControl(PageSize);
        do
        {
            var request = new SearchRequest(_directory.BaseDn, filter, SearchScope.Subtree, _directory.NameAttribute, _directory.DisplayNameAttribute, _directory.EmailAttribute);
            request.Controls.Add(page);
            SearchResponse response = Ask(request);
            foreach (SearchResultEntry entry in response.Entries)
                yield return new DirectoryEntry(entry.DistinguishedName, Text(entry, _directory.NameAttribute), Text(entry, _directory.DisplayNameAttribute), Text(entry, _directory.EmailAttribute));
            page.Cookie = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
        }
        while (page.Cookie.Length > 0);
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>A value in a filter, so that nothing in it is more than text (RFC 4515).</summary>
    internal static string Escape(string value)
    {
        var safe = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)b)) safe.Append((char)b);
            else safe.Append(CultureInfo.InvariantCulture, $"\\{b:x2}");
        }

        return safe.ToString();
    }

    private SearchResponse Ask(SearchRequest request)
    {
        try
        {
            return (SearchResponse)_connection.SendRequest(request);
        }
        catch (Exception e) when (e is LdapException or DirectoryOperationException)
        {
            throw UserDirectoryException.From(_directory, e);
        }
    }

    private static void Trust(LdapConnection connection, UserDirectory directory)
    {
        if (directory.CertificateFolder is null) return;
        if (OperatingSystem.IsWindows()) throw UserDirectoryException.Invalid("-CertificateFolder", "on Windows the machine's store says which authorities are trusted; put the certificate there");
        connection.SessionOptions.TrustedCertificatesDirectory = directory.CertificateFolder;
        connection.SessionOptions.StartNewTlsSessionContext();
    }

    private static string? Text(SearchResultEntry entry, string attribute) => entry.Attributes[attribute] is { Count: > 0 } values ? values.GetValues(typeof(string))[0] as string : null;
}
