# A real OpenLDAP server on loopback with one user, its own authority and folder
function Start-Directory([string] $Folder) {
    'trusted', 'db' | ForEach-Object { $null = [IO.Directory]::CreateDirectory("$Folder/$_") }
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    [IO.File]::WriteAllText("$Folder/names", 'subjectAltName=IP:127.0.0.1')
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout "$Folder/ca.key" -out "$Folder/trusted/ca.pem" -subj /CN=authority 2>$null
    openssl rehash "$Folder/trusted"
    openssl req -newkey rsa:2048 -nodes -keyout "$Folder/server.key" -out "$Folder/server.csr" -subj /CN=directory 2>$null
    openssl x509 -req -in "$Folder/server.csr" -CA "$Folder/trusted/ca.pem" -CAkey "$Folder/ca.key" -CAcreateserial -days 2 -extfile "$Folder/names" -out "$Folder/server.pem" 2>$null
    [IO.File]::WriteAllText("$Folder/slapd.conf", @"
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile $Folder/trusted/ca.pem
TLSCertificateFile $Folder/server.pem
TLSCertificateKeyFile $Folder/server.key
database mdb
suffix "dc=example,dc=org"
rootdn "cn=admin,dc=example,dc=org"
rootpw "Admin secret 1"
directory $Folder/db
"@ + "`n")
    [IO.File]::WriteAllText("$Folder/people.ldif", @"
dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: uid=eva,dc=example,dc=org
objectClass: inetOrgPerson
uid: eva
cn: Eva Lund
sn: Lund
mail: eva@example.org
userPassword: Blue kettle 42
"@ + "`n")
    /usr/sbin/slapadd -f "$Folder/slapd.conf" -l "$Folder/people.ldif"
    # -d: stays a process of ours, to be ended by us
    $server = [Diagnostics.ProcessStartInfo]::new('/usr/sbin/slapd')
    '-d', '0', '-f', "$Folder/slapd.conf", '-h', "ldaps://127.0.0.1:$port" | ForEach-Object { $server.ArgumentList.Add($_) }
    $process = [Diagnostics.Process]::Start($server)
    for ($try = 0; $try -lt 300; $try++) {
        try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); break } catch { [Threading.Thread]::Sleep(100) }
    }
    [pscustomobject]@{ Port = $port; Process = $process; Trusted = "$Folder/trusted" }
}

function New-Secret([string] $Text) {
    $secret = [securestring]::new()
    foreach ($c in $Text.ToCharArray()) { $secret.AppendChar($c) }
    $secret
}
