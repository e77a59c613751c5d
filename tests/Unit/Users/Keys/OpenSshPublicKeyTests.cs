using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Bastion.Users.Keys;

namespace Bastion.Unit.Users.Keys;

public sealed class OpenSshPublicKeyTests : IDisposable
{
    private readonly SshKeygen _ssh = new();

    public void Dispose() => _ssh.Dispose();

    [Theory]
    [InlineData("-t ed25519")]
    [InlineData("-t ecdsa -b 256")]
    [InlineData("-t ecdsa -b 384")]
    [InlineData("-t ecdsa -b 521")]
    [InlineData("-t rsa -b 2048")]
    [InlineData("-t rsa -b 3071")]
    public void Keys_of_OpenSSH_are_read_as_OpenSSH_reads_them(string how)
    {
        string line = _ssh.MakePublic(how.Split(' '));
        OpenSshPublicKey key = OpenSshPublicKey.Parse($"  {line}\r");
        Assert.Equal(_ssh.Read(line), (key.Bits, Bastion.Assets.Fingerprints.Of(key.Blob)));
        Assert.Equal(line, $"{key.Type} {Convert.ToBase64String(key.Blob)} {key.Comment}");
    }

    [Theory]
    [InlineData("sk-ssh-ed25519@openssh.com")]
    [InlineData("sk-ecdsa-sha2-nistp256@openssh.com")]
    public void Keys_on_a_token_are_read_as_OpenSSH_reads_them(string type)
    {
        string line = $"{type} {Convert.ToBase64String(Token(type))}";
        OpenSshPublicKey key = OpenSshPublicKey.Parse(line);
        Assert.Equal(_ssh.Read(line), (key.Bits, Bastion.Assets.Fingerprints.Of(key.Blob)));
        Assert.Null(key.Comment);
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public void A_key_with_a_byte_too_few_or_too_many_is_refused_wherever_it_is(string type)
    {
        string[] line = _ssh.MakePublic("-t", type, "-b", type == "rsa" ? "2048" : "256").Split(' ');
        byte[] blob = Convert.FromBase64String(line[1]);
        Refuses<InvalidPublicKeyException>($"{line[0]} {Convert.ToBase64String([.. blob, 0])}");
        for (int length = 0; length < blob.Length; length++) Refuses<InvalidPublicKeyException>($"{line[0]} {Convert.ToBase64String(blob, 0, length)}");
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_refused()
    {
        string[] line = _ssh.MakePublic("-t", "ecdsa", "-b", "256").Split(' ');
        byte[] blob = Convert.FromBase64String(line[1]);
        blob[^1] ^= 1;
        Refuses<InvalidPublicKeyException>($"{line[0]} {Convert.ToBase64String(blob)}");
    }

    [Fact]
    public void A_key_under_another_type_is_refused()
    {
        string[] line = _ssh.MakePublic("-t", "ed25519").Split(' ');
        Refuses<InvalidPublicKeyException>($"ssh-rsa {line[1]}");
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2047)]
    public void A_short_RSA_key_is_refused(int bits) => Assert.Contains($"{bits} bits", Refuses<WeakPublicKeyException>(_ssh.MakePublic("-t", "rsa", "-b", $"{bits}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_has_one_form_only()
    {
        byte[] modulus = RandomNumberGenerator.GetBytes(256);
        (modulus[0], modulus[^1]) = (0xFF, 1);
        OpenSshPublicKey.Parse(Rsa([1, 0, 1], [0, .. modulus]));
        Refuses<InvalidPublicKeyException>(Rsa([1, 0, 1], [0, 0, .. modulus]));
        Refuses<InvalidPublicKeyException>(Rsa([1, 0, 1], modulus)); // negative
        Refuses<InvalidPublicKeyException>(Rsa([0, 1, 0, 1], [0, .. modulus]));
        Refuses<InvalidPublicKeyException>(Rsa([1], [0, .. modulus]));
        Refuses<InvalidPublicKeyException>(Rsa([1, 0, 0], [0, .. modulus]));
        modulus[^1] = 2;
        Refuses<InvalidPublicKeyException>(Rsa([1, 0, 1], [0, .. modulus]));
    }

    [Fact]
    public void Base64_has_one_form_only()
    {
        string line = _ssh.MakePublic("-t", "rsa", "-b", "2048").Split(' ')[1];
        Refuses<InvalidPublicKeyException>($"ssh-rsa {line[..40]}\u000B{line[40..]}");
        Refuses<InvalidPublicKeyException>($"ssh-rsa {line}=");
        Refuses<InvalidPublicKeyException>("ssh-ed25519 not*base64");
    }

    [Fact]
    public void DSA_is_refused() => Refuses<WeakPublicKeyException>("ssh-dss AAAAB3NzaC1kc3MAAACBAJ old");

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-new AAAA")]
    [InlineData("ssh-ed25519-cert-v01@openssh.com AAAA")]
    [InlineData("restrict,command=\"sh\" ssh-ed25519 AAAA")]
    public void What_is_no_plain_public_key_is_refused(string line) => Refuses<InvalidPublicKeyException>(line);

    [Fact]
    public void A_private_key_is_refused_line_by_line_and_none_of_it_is_repeated()
    {
        string[] pem = File.ReadAllLines(_ssh.Make("-t", "ed25519"));
        Refuses<PrivateKeyGivenException>(pem[0]);
        Refuses<PrivateKeyGivenException>(pem[1]);
        Refuses<PrivateKeyGivenException>("-----BEGIN RSA PRIVATE KEY-----");
        Refuses<PrivateKeyGivenException>("PuTTY-User-Key-File-3: ssh-ed25519");
        foreach (string line in pem)
        {
            BastionException error = Assert.ThrowsAny<BastionException>(() => OpenSshPublicKey.Parse(line));
            if (line[0] != '-') Assert.DoesNotContain(line, error.ToString(), StringComparison.Ordinal);
            Assert.Null(error.Subject);
        }
    }

    [Fact]
    public void A_comment_that_hides_something_is_made_visible() =>
        Assert.Equal("ana\\u{1B}[2J", OpenSshPublicKey.Parse($"{string.Join(' ', _ssh.MakePublic("-t", "ed25519").Split(' ')[..2])} ana\u001B[2J").Comment);

    private static T Refuses<T>(string line) where T : BastionException => Assert.Throws<T>(() => OpenSshPublicKey.Parse(line));

    private static string Rsa(byte[] exponent, byte[] modulus) => "ssh-rsa " + Convert.ToBase64String([.. Field("ssh-rsa"u8), .. Field(exponent), .. Field(modulus)]);

    private static byte[] Token(string type)
    {
        byte[] head = Field(Encoding.ASCII.GetBytes(type));
        if (type.StartsWith("sk-ssh", StringComparison.Ordinal)) return [.. head, .. Field(RandomNumberGenerator.GetBytes(32)), .. Field("ssh:"u8)];
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. head, .. Field("nistp256"u8), .. Field([4, .. point.X!, .. point.Y!]), .. Field("ssh:"u8)];
    }

    private static byte[] Field(ReadOnlySpan<byte> content)
    {
        byte[] field = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(field, content.Length);
        content.CopyTo(field.AsSpan(4));
        return field;
    }
}
