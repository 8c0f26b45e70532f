using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Api.Streams;

/// <summary>Signs what a URL says, so that who has the URL needs no token and nobody can make one up. Signatures outlive a restart.</summary>
public sealed class UrlSigner
{
    private const int SmallestKey = 32;

    private readonly byte[] key;

    /// <exception cref="ArgumentException">The key is too short to be a secret.</exception>
    public UrlSigner(ApiOptions options)
    {
        if (options.SigningKey.Length < SmallestKey)
            throw new ArgumentException($"The signing key must have at least {SmallestKey} bytes.", nameof(options));
        key = HKDF.DeriveKey(HashAlgorithmName.SHA256, options.SigningKey, 32, info: "neeto.urls"u8.ToArray());
    }

    /// <summary>The signature of a text, in characters that need no escaping.</summary>
    public string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether the signature is ours, in a time that does not depend on where it differs.</summary>
    public bool IsSigned(string text, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(text)), Encoding.UTF8.GetBytes(signature));
}
