using System.Globalization;
using System.Net;
using System.Numerics;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>The IPv4 networks this host has routes to, as the kernel lists them in <c>/proc/net/route</c>.</summary>
internal static class HostRoutes
{
    public static IReadOnlyList<IPNetwork> Read() => File.Exists("/proc/net/route") ? Parse(File.ReadAllLines("/proc/net/route")) : [];

    /// <summary>Addresses and masks are hexadecimal in the machine's byte order; the default route is left out.</summary>
    public static IReadOnlyList<IPNetwork> Parse(IEnumerable<string> lines)
    {
        var routes = new List<IPNetwork>();
        foreach (var fields in lines.Skip(1).Select(line => line.Split('\t', StringSplitOptions.TrimEntries)))
        {
            if (
                fields.Length < 8
                || !uint.TryParse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var destination)
                || !uint.TryParse(fields[7], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
                || mask == 0
            )
                continue;
            routes.Add(new IPNetwork(new IPAddress(BitConverter.GetBytes(destination & mask)), BitOperations.PopCount(mask)));
        }
        return routes;
    }
}
