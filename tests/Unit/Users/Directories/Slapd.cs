using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bastion.Unit.Users.Directories;

/// <summary>A real OpenLDAP server on loopback, over TLS, with an authority of its own and an own folder.</summary>
public sealed class Slapd : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bastion-ldap-");
    private Process _process = null!;

    internal const string Base = "dc=example,dc=org";
    internal const string Admin = "cn=admin,dc=example,dc=org";
    internal const string AdminPassword = "admin secret 1";

    internal int Port { get; private set; }

    /// <summary>The folder with the certificate of the server's authority.</summary>
    internal string Trusted => Path.Combine(_folder.FullName, "trusted");

    /// <summary>A folder with that of another one.</summary>
    internal string Untrusted => Path.Combine(_folder.FullName, "untrusted");

    public async Task InitializeAsync()
    {
        foreach (string folder in new[] { Trusted, Untrusted, In("db") }) Directory.CreateDirectory(folder);
        foreach (string ca in new[] { Trusted, Untrusted })
        {
            Programs.Run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", In($"{Path.GetFileName(ca)}.key"), "-out", Path.Combine(ca, "ca.pem"), "-subj", $"/CN={Path.GetFileName(ca)}");
            Programs.Run("openssl", "rehash", ca);
        }

        File.WriteAllText(In("names"), "subjectAltName=IP:127.0.0.1");
        Programs.Run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", In("server.key"), "-out", In("server.csr"), "-subj", "/CN=directory");
        Programs.Run("openssl", "x509", "-req", "-in", In("server.csr"), "-CA", Path.Combine(Trusted, "ca.pem"), "-CAkey", In("trusted.key"), "-CAcreateserial", "-days", "2", "-extfile", In("names"), "-out", In("server.pem"));
        File.WriteAllText(In("slapd.conf"), $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            allow bind_anon_dn
            TLSCACertificateFile {Path.Combine(Trusted, "ca.pem")}
            TLSCertificateFile {In("server.pem")}
            TLSCertificateKeyFile {In("server.key")}
            database mdb
            suffix "{Base}"
            rootdn "{Admin}"
            rootpw "{AdminPassword}"
            directory {In("db")}

            """);
        var people = new StringBuilder($"dn: {Base}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n\n");
        foreach ((string uid, string name) in new[] { ("ana", "Ana Ruiz"), ("bob", "Bob (Ops)*"), ("lee", "Lee") })
            people.Append($"dn: uid={uid},{Base}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {name}\nsn: x\nmail: {uid}@example.org\nuserPassword: {Password(uid)}\n\n");
        File.WriteAllText(In("people.ldif"), people.ToString());
        Programs.Run("/usr/sbin/slapadd", "-f", In("slapd.conf"), "-l", In("people.ldif"));
        Port = Programs.FreePort();
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/slapd", ["-d", "0", "-f", In("slapd.conf"), "-h", $"ldaps://127.0.0.1:{Port} ldaps://127.0.0.2:{Port}"]) { UseShellExecute = false })!;
        await ListensAsync();
    }

    internal static string Password(string user) => $"Blue kettle of {user}";

    /// <summary>Ends the server.</summary>
    internal void Stop()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public Task DisposeAsync()
    {
        if (!_process.HasExited) Stop();
        _process.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private async Task ListensAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
