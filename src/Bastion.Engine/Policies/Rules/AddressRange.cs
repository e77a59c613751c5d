using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bastion.Policies.Rules;

/// <summary>A range of addresses in CIDR notation, or one address. An IPv4 address written as IPv6 (<c>::ffff:10.0.0.1</c>) is the IPv4 address, on both sides.</summary>
public sealed class AddressRange
{
    private const int MappedPrefix = 96;
    private readonly byte[] _network;

    private AddressRange(byte[] network, int prefix) => (_network, Prefix) = (network, prefix);

    /// <summary>How many leading bits count.</summary>
    public int Prefix { get; }

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or a single address. The bits behind the prefix must be zero: else it is not clear what is meant.</summary>
    /// <exception cref="InvalidAddressRangeException">It is none of these.</exception>
    public static AddressRange Parse(string text)
    {
        string given = (text ?? "").Trim();
        string[] parts = given.Split('/');
        if (parts.Length > 2 || ReadAddress(parts[0]) is not { } address)
            throw new InvalidAddressRangeException(given, "write an address (10.0.0.1, 2001:db8::1) or a network with its prefix length (10.0.0.0/8, 2001:db8::/32). Ranges with a dash, masks and host names are not taken.");
        byte[] bytes = address.GetAddressBytes();
        int prefix = parts.Length == 1 ? bytes.Length * 8 : ReadPrefix(parts[1], bytes.Length * 8) ?? throw new InvalidAddressRangeException(given,
            $"behind the slash stands how many leading bits count, 0 to {bytes.Length * 8} here.");
        byte[] network = Mask(bytes, prefix);
        if (!network.AsSpan().SequenceEqual(bytes))
            throw new InvalidAddressRangeException(given, $"it has bits behind its prefix. Write {new IPAddress(network)}/{prefix} for the network, or {address} for the one address.");
        return address.IsIPv4MappedToIPv6 && prefix >= MappedPrefix ? new AddressRange(network[12..], prefix - MappedPrefix) : new AddressRange(network, prefix);
    }

    /// <summary>Whether the range holds an address. IPv4 ranges hold no IPv6 addresses, and the other way round.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] bytes = Plain(address).GetAddressBytes();
        return bytes.Length == _network.Length && Mask(bytes, Prefix).AsSpan().SequenceEqual(_network);
    }

    /// <summary>The canonical form: what <see cref="Parse"/> reads again as the same range.</summary>
    public override string ToString() => Prefix == _network.Length * 8 ? new IPAddress(_network).ToString() : $"{new IPAddress(_network)}/{Prefix}";

    /// <summary>The address as it is compared and shown: IPv4 where it is one.</summary>
    internal static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // IPAddress.TryParse takes more than people mean: 10.1, 0x0a.0.0.1, 012.0.0.1 (octal), [::1]:80, fe80::1%eth0.
    private static IPAddress? ReadAddress(string text)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address)) return null;
        if (address.AddressFamily == AddressFamily.InterNetwork) return address.ToString() == text ? address : null;
        return text.AsSpan().IndexOfAny("%[] ") < 0 ? address : null;
    }

    private static int? ReadPrefix(string text, int longest) =>
        text.Length is > 0 and <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) && prefix <= longest ? prefix : null;

    private static byte[] Mask(byte[] bytes, int prefix)
    {
        byte[] masked = new byte[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            int bits = Math.Clamp(prefix - (i * 8), 0, 8);
            masked[i] = (byte)(bytes[i] & (0xFF00 >> bits));
        }

        return masked;
    }
}
