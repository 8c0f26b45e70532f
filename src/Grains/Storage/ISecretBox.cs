namespace NeetoDeploy.Grains.Storage;

/// <summary>Encrypts secrets at rest with the installation's key. Opening what was sealed with another key or altered throws: it never answers an empty value.</summary>
public interface ISecretBox
{
    string Seal(string secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">The text is not ours, or was altered.</exception>
    string Open(string sealedSecret);
}
