using System.Text;
using Bastion.Users.Passwords;

namespace Bastion.Unit.Users.Passwords;

public sealed class PasswordHashTests
{
    private static readonly HashCost Cheap = new(64, 1, 1);

    // Made by the reference program (Debian's argon2): echo -n 'correct horse' | argon2 saltsaltsaltsalt -id -t 2 -k 256 -p 1 -l 32 -e, and with -p 4
    [Theory]
    [InlineData("$argon2id$v=19$m=256,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$j2XvmacbHphFDyyA14YErzZEJ2+WXbUgRbvtE5sDtf0")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=4$c2FsdHNhbHRzYWx0c2FsdA$or7UQIfreo80CHrs2AmlBnx8rS7V6PjKEY176PKL2cc")]
    public void Hashes_of_the_reference_program_verify(string kept)
    {
        Assert.Equal((true, true), PasswordHash.Verify(Bytes("correct horse"), Bytes(kept)));
        Assert.False(PasswordHash.Verify(Bytes("correct hors"), Bytes(kept)).IsRight);
    }

    [Fact]
    public void A_hash_verifies_its_password_and_no_other()
    {
        byte[] kept = PasswordHash.Make(Bytes("Grün & blau 7"));
        Assert.Equal((true, false), PasswordHash.Verify(Bytes("Grün & blau 7"), kept));
        Assert.Equal((false, false), PasswordHash.Verify(Bytes("Grün & blau 8"), kept));
        Assert.False(PasswordHash.Verify([], kept).IsRight);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", Encoding.ASCII.GetString(kept), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_password_has_another_hash_each_time() => Assert.NotEqual(PasswordHash.Make(Bytes("x"), Cheap), PasswordHash.Make(Bytes("x"), Cheap));

    [Fact]
    public void A_hash_of_another_cost_is_outdated() => Assert.Equal((true, true), PasswordHash.Verify(Bytes("x"), PasswordHash.Make(Bytes("x"), Cheap)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
