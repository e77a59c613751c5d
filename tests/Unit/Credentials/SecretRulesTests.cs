using System.Text;
using Bastion.Credentials.Rotation;

namespace Bastion.Unit.Credentials;

public sealed class SecretRulesTests
{
    [Fact]
    public void A_password_has_its_length_and_a_character_of_each_class_and_none_that_is_excluded()
    {
        var rules = new SecretRules { Length = 8, Excluded = "O0Il1!" };
        for (int i = 0; i < 500; i++)
        {
            string password = Encoding.UTF8.GetString(rules.Generate());
            Assert.Equal(8, password.Length);
            Assert.Contains(password, char.IsAsciiLetterUpper);
            Assert.Contains(password, char.IsAsciiLetterLower);
            Assert.Contains(password, char.IsAsciiDigit);
            Assert.Contains(password, c => !char.IsAsciiLetterOrDigit(c));
            Assert.DoesNotContain(password, c => rules.Excluded.Contains(c, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_the_classes_asked_for_are_used() =>
        Assert.All(Encoding.UTF8.GetString(new SecretRules { Length = 128, Classes = CharacterClasses.Digit | CharacterClasses.Lower }.Generate()), c => Assert.True(char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c)));

    [Theory]
    [InlineData(7, CharacterClasses.All, "")]
    [InlineData(129, CharacterClasses.All, "")]
    [InlineData(20, CharacterClasses.None, "")]
    [InlineData(20, CharacterClasses.All, "0123456789")]
    public void Rules_that_allow_none_are_refused(int length, CharacterClasses classes, string excluded) =>
        Assert.Throws<InvalidSecretRulesException>(() => new SecretRules { Length = length, Classes = classes, Excluded = excluded }.Generate());
}
