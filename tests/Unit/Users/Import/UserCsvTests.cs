using Bastion.Users.Import;

namespace Bastion.Unit.Users.Import;

public sealed class UserCsvTests
{
    private static (UserImportRow? Row, UserImportException? Error)[] Read(string text, char delimiter = ',') => [.. UserCsvReader.Read(new StringReader(text), delimiter)];

    private static string Refused(string text) => Assert.Throws<UserImportException>(() => Read(text)).Message;

    [Fact]
    public void A_line_is_a_user_and_what_has_no_column_is_not_mentioned()
    {
        UserImportRow row = Assert.Single(Read("name,Groups,ValidUntil\nana, ops ; web team,2027-01-31\n")).Row!;
        Assert.Equal((2, "ana"), (row.Line, row.Name));
        Assert.Equal(["ops", "web team"], row.Groups);
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), row.ValidUntil.Value);
        Assert.False(row.DisplayName.IsSet || row.Email.IsSet || row.Comment.IsSet || row.ValidFrom.IsSet);
    }

    [Fact]
    public void An_empty_field_takes_the_value_away()
    {
        UserImportRow row = Assert.Single(Read("Name,Email,ValidFrom\nana,,\n")).Row!;
        Assert.True(row.Email is { IsSet: true, Value: null });
        Assert.True(row.ValidFrom is { IsSet: true, Value: null });
    }

    [Fact]
    public void Quotes_hold_separators_quotes_and_line_breaks_and_lines_are_counted_all_the_same()
    {
        (UserImportRow? Row, UserImportException? Error)[] all = Read("Name;Comment\r\n\"a;b\";\"said \"\"no\"\"\r\ntwice\"\r\n\r\nbob;\r\nbad\r\ncid;x", ';');
        Assert.Equal(["a;b", "bob", "cid"], all.Select(a => a.Row?.Name).OfType<string>());
        Assert.Equal("said \"no\"\r\ntwice", all[0].Row!.Comment.Value);
        Assert.Equal([2, 5, 6, 7], all.Select(a => a.Row?.Line ?? long.Parse(a.Error!.Message.Split(' ')[1])));
    }

    [Theory]
    [InlineData("2027-01-31T18:00+02:00", "2027-01-31T16:00:00Z")]
    [InlineData("2027-01-31T18:00:30Z", "2027-01-31T18:00:30Z")]
    [InlineData("2027-01-31 18:00", "2027-01-31T18:00:00Z")]
    public void A_time_is_that_of_its_offset_or_UTC(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc), Assert.Single(Read($"Name,ValidFrom\nana,{text}")).Row!.ValidFrom.Value);

    [Theory]
    [InlineData("ana,31/01/2027", "ValidFrom is '31/01/2027'")]
    [InlineData(",2027-01-31", "the name is empty")]
    [InlineData("ana", "it has 1 fields")]
    [InlineData("ana,2027-01-31,x", "it has 3 fields")]
    public void A_bad_line_is_told_with_its_number_and_the_next_ones_are_read(string line, string why)
    {
        (UserImportRow? Row, UserImportException? Error)[] all = Read($"Name,ValidFrom\nbob,\n{line}\ncid,\n");
        Assert.Equal(["bob", "cid"], all.Select(a => a.Row?.Name).OfType<string>());
        Assert.Contains($"Line 3 was not imported: {why}", all[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_line_must_name_known_columns()
    {
        Assert.Contains("empty", Refused(""), StringComparison.Ordinal);
        Assert.Contains("'Mail'", Refused("Name,Mail\nana,x"), StringComparison.Ordinal);
        Assert.Contains("Name is missing", Refused("Email\nx"), StringComparison.Ordinal);
        Assert.Contains("twice", Refused("Name,NAME\nx,y"), StringComparison.Ordinal);
    }
}
