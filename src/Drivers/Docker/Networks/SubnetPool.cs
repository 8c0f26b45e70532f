using System.Buffers.Binary;
using System.Net;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>Cuts a network into equal pieces.</summary>
internal sealed class SubnetPool(IPNetwork pool, int prefix)
{
    /// <summary>The first piece that overlaps none of <paramref name="taken"/>; null when all are taken.</summary>
    public IPNetwork? ChooseFree(IReadOnlyCollection<IPNetwork> taken)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(pool.BaseAddress.GetAddressBytes());
        var step = 1u << (32 - prefix);
        var count = 1u << (prefix - pool.PrefixLength);
        for (var i = 0u; i < count; i++)
        {
            var piece = new IPNetwork(ToAddress(first + (i * step)), prefix);
            if (!taken.Any(other => Overlap(piece, other)))
                return piece;
        }
        return null;
    }

    public static bool Overlap(IPNetwork one, IPNetwork other) =>
        one.BaseAddress.AddressFamily == other.BaseAddress.AddressFamily
        && (one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress));

    private static IPAddress ToAddress(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new IPAddress(bytes);
    }
}
