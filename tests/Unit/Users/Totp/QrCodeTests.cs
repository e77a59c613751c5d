using System.Diagnostics;
using System.Text;
using Bastion.Users;
using Bastion.Users.Totp;

namespace Bastion.Unit.Users.Totp;

/// <summary>What is shown is read by a scanner that is none of ours: zbar.</summary>
public sealed class QrCodeTests : IDisposable
{
    private readonly TempStore _store = new();

    public QrCodeTests() => _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "Ана Руис" });

    public void Dispose() => _store.Dispose();

    private TotpRegistration Register(string? picture = null) => _store.Engine.Totp.Register(TempStore.Admin, new UserReference("Ана Руис"), "Bastion EMEA", picture);

    [Fact]
    public void The_picture_scans()
    {
        string path = Path.Combine(_store.Location.Folder, "ana.png");
        Assert.Equal(Register(path).Uri, Scan(path));
    }

    [Fact]
    public void The_terminals_text_scans()
    {
        TotpRegistration registration = Register();
        string path = Path.Combine(_store.Location.Folder, "ana.pgm");
        File.WriteAllText(path, Draw(registration.QrCode));
        Assert.Equal(registration.Uri, Scan(path));
        Assert.All(registration.QrCode.Split('\n'), line => Assert.True(Cells(line).Length <= 78, "It fits a terminal of 80 columns"));
    }

    [Fact]
    public void The_drawing_has_the_squares_of_the_picture()
    {
        string path = Path.Combine(_store.Location.Folder, "ana.svg");
        Register(path);
        var svg = System.Xml.Linq.XDocument.Load(path);
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.NotEmpty(svg.Root.Descendants());
    }

    // As a terminal draws it: each cell has an upper and a lower half. Eight points a square.
    private static string Draw(string text)
    {
        string[] lines = [.. text.Split('\n').Select(Cells)];
        var picture = new StringBuilder($"P2\n{lines[0].Length * 8} {lines.Length * 16}\n255\n");
        foreach (string line in lines)
        {
            foreach (string half in new[] { "█▀", "█▄" })
            {
                string row = string.Concat(line.Select(cell => string.Concat(Enumerable.Repeat(half.Contains(cell, StringComparison.Ordinal) ? "0 " : "255 ", 8))));
                for (int i = 0; i < 8; i++) picture.AppendLine(row);
            }
        }

        return picture.ToString();
    }

    private static string Cells(string line) => line[(line.IndexOf('m', StringComparison.Ordinal) + 1)..line.LastIndexOf('\u001B')];

    private static string Scan(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo("zbarimg", ["-q", "--raw", path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.TrimEnd('\n');
    }
}
