using QRCoder;

namespace Bastion.Users.Totp;

/// <summary>A new code generator, on its way into the user's phone. Holds its key: who sees it can make the user's codes.</summary>
public sealed class TotpRegistration
{
    private readonly QRCodeData _code;

    internal TotpRegistration(string user, string uri)
    {
        (User, Uri) = (user, uri);
        using var generator = new QRCodeGenerator();
        _code = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
    }

    /// <summary>Name of the user.</summary>
    public string User { get; }

    /// <summary>The <c>otpauth://</c> address that apps take.</summary>
    public string Uri { get; }

    /// <summary>The address as a QR code for a terminal: two rows of squares in a line of text, black on white.</summary>
    public string QrCode => QrText.Of(_code.ModuleMatrix);

    /// <inheritdoc/>
    public override string ToString() => User;

    /// <summary>The address as a picture.</summary>
    /// <param name="path">A file that ends in <c>.svg</c>, else it is PNG.</param>
    internal byte[] Picture(string path)
    {
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            using var svg = new SvgQRCode(_code);
            return System.Text.Encoding.UTF8.GetBytes(svg.GetGraphic(8));
        }

        using var png = new PngByteQRCode(_code);
        return png.GetGraphic(8);
    }
}
