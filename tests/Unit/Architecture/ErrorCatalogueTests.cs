using System.Text;

namespace Bastion.Unit.Architecture;

/// <summary>docs/errors.md lists every error; it is made from the source.</summary>
public class ErrorCatalogueTests
{
    private static readonly ErrorSource Source = ErrorSource.Read(Path.Combine(Approved.Repository, "src", "Bastion.Engine"), Path.Combine(Approved.Repository, "src", "Bastion.PowerShell"));

    [Fact]
    public void The_catalogue_of_errors_agrees_with_the_source()
    {
        var page = new StringBuilder();
        page.Append("""
            # Errors

            Every error of Bastion has an id that does not change between versions: test for it with `-ErrorVariable` and `FullyQualifiedErrorId`
            (`AssetNotFound,Bastion.PowerShell.Assets.GetBhAssetCommand` begins with it). The kind becomes PowerShell's error category. In the
            messages … stands for what is filled in. This page is made from the source by `ErrorCatalogueTests`.

            | id | kind | message |
            |---|---|---|

            """);
        foreach (IGrouping<string, StatedError> error in Source.All().GroupBy(e => e.Id))
        {
            string messages = string.Join("<br>", error.Select(e => e.Message).Where(m => m.Length > 0));
            page.Append($"| `{error.Key}` | {error.First().Kind} | {messages.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        Approved.Check("docs/errors.md", page.ToString());
    }

    [Fact]
    public void Every_error_type_is_raised_somewhere() => Assert.DoesNotContain(Source.Types, type => !Source.IsRaised(type));

    [Fact]
    public void No_id_stands_for_two_kinds_of_error() =>
        Assert.Empty(Source.All().GroupBy(e => e.Id).Where(g => g.Select(e => e.Kind).Distinct().Count() > 1).Select(g => g.Key));
}
