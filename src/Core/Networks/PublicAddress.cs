using System.Net;

namespace NeetoDeploy.Core.Networks;

/// <summary>
/// Tells addresses of the internet from those that lead inside: loopback, private and shared ranges, link-local (with the clouds'
/// instance metadata), multicast and reserved (RFC 6890). What a user's URL names may only be reached at a public one.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Only 2000::/3 is given out on the internet; the rest of IPv6 (loopback, fc00::/7, fe80::/10, ff00::/8, translations) leads inside.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Tunnels and documentation within it.
    private static readonly IPNetwork[] InsideGlobal =
    [
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
    ];

    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? !Array.Exists(Inside, n => n.Contains(plain))
            : Global.Contains(plain) && !Array.Exists(InsideGlobal, n => n.Contains(plain));
    }
}
