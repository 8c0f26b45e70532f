using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>What lets somebody in who has lost the authenticator. 79 random bits each: a plain hash keeps them.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 16;

    /// <summary>No letter or digit that could be taken for another.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Such as <c>k3fh-9dw2-ppxa-7c4m</c>.</summary>
    public static ImmutableArray<string> New() =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(_ => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(4).Select(part => new string(part)))),
        ];

    /// <summary>SHA-256 in lower-case hex, of the code without hyphens.</summary>
    public static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(code))));

    /// <summary>A code as it was meant, however it was typed.</summary>
    public static string Plain(string code) => string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
