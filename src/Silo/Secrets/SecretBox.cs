using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Secrets;

/// <summary>
/// AES-256-GCM. The sealed form is <c>v1.{key id}.{base64url of nonce, ciphertext and tag}</c>; version and key id are authenticated with the text, so
/// that neither can be exchanged.
/// </summary>
public sealed class SecretBox : ISecretBox
{
    private const string Version = "v1";

    private readonly byte[] key;
    private readonly string prefix;

    /// <param name="key">32 bytes.</param>
    public SecretBox(ReadOnlySpan<byte> key)
    {
        if (key.Length != 32)
            throw new ArgumentException($"The key has {key.Length} bytes instead of 32.", nameof(key));
        this.key = key.ToArray();
        var keyId = Convert.ToHexStringLower(SHA256.HashData([.. "neetodeploy key id"u8, .. key])[..4]);
        prefix = $"{Version}.{keyId}.";
    }

    public string Seal(string secret)
    {
        var text = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceSize + text.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var cipher = NewCipher();
        cipher.Encrypt(
            box.AsSpan(0, NonceSize),
            text,
            box.AsSpan(NonceSize, text.Length),
            box.AsSpan(NonceSize + text.Length),
            Encoding.ASCII.GetBytes(prefix)
        );
        return prefix + Base64Url.EncodeToString(box);
    }

    public string Open(string sealedSecret)
    {
        if (!sealedSecret.StartsWith(prefix, StringComparison.Ordinal))
            throw new CryptographicException("The secret was not sealed with this installation's master key.");
        var box = Decode(sealedSecret.AsSpan(prefix.Length));
        var text = new byte[box.Length - NonceSize - TagSize];
        using var cipher = NewCipher();
        cipher.Decrypt(
            box.AsSpan(0, NonceSize),
            box.AsSpan(NonceSize, text.Length),
            box.AsSpan(NonceSize + text.Length),
            text,
            Encoding.ASCII.GetBytes(prefix)
        );
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>One for each call: a cipher is not for several threads, and grains seal at the same time.</summary>
    private AesGcm NewCipher() => new(key, TagSize);

    private static int NonceSize => AesGcm.NonceByteSizes.MaxSize;

    private static int TagSize => AesGcm.TagByteSizes.MaxSize;

    private static byte[] Decode(ReadOnlySpan<char> text)
    {
        try
        {
            var box = Base64Url.DecodeFromChars(text);
            // The last character carries bits that decoding drops: each secret shall have one form only.
            if (box.Length < NonceSize + TagSize || !text.SequenceEqual(Base64Url.EncodeToString(box)))
                throw new CryptographicException("The sealed secret was altered.");
            return box;
        }
        catch (FormatException cause)
        {
            throw new CryptographicException("The sealed secret was altered.", cause);
        }
    }
}
