using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Core.Dynos;

/// <summary>Numbers and ids that follow from an incarnation's name, so that they need not be remembered.</summary>
public static class DynoIdentity
{
    private const int Lowest = 10_000;
    private const int Count = 20_000; // below the range that kernels give to outgoing connections

    /// <summary>The value of <c>PORT</c>, for dynos that have one. Each incarnation has its own address, so two may have the same.</summary>
    public static int PortOf(string incarnation) => Lowest + (int)(BitConverter.ToUInt32(Hash(incarnation)) % Count);

    /// <summary>The dyno's id for people and for <c>HEROKU_DYNO_ID</c>.</summary>
    public static Guid IdOf(string incarnation) => new(Hash(incarnation).AsSpan(4, 16));

    private static byte[] Hash(string incarnation) => SHA256.HashData(Encoding.UTF8.GetBytes(incarnation));
}
