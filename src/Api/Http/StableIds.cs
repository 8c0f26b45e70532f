using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Api.Http;

/// <summary>Ids for what has only a name here and must have an id for clients: stacks, regions, sizes, features. The same name always has the same id.</summary>
public static class StableIds
{
    /// <summary>The id of a named thing of a kind.</summary>
    public static Guid Of(string kind, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{name}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
