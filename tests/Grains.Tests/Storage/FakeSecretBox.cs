using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Seals so that a secret cannot be read from a stored state, and refuses what it did not seal.</summary>
public sealed class FakeSecretBox : ISecretBox
{
    private const string Mark = "sealed:";

    public string Seal(string secret) => Mark + Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));

    public string Open(string sealedSecret) =>
        sealedSecret.StartsWith(Mark, StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(sealedSecret[Mark.Length..]))
            : throw new CryptographicException("This was not sealed by the fake box.");
}
