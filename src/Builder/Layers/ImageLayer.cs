using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Builder.Layers;

/// <summary>A layer that shall be in the image.</summary>
/// <param name="Name">Stays the same from build to build, such as <c>neeto/nodejs:node</c>.</param>
/// <param name="Entries">In the order of the tar.</param>
internal sealed record ImageLayer(string Name, IReadOnlyList<LayerEntry> Entries)
{
    /// <summary>The same for the same entries with untouched content.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in Entries)
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entry.Name}\0{entry.Kind}\0{entry.Mode}\0{entry.Owner}\0{entry.Size}\0{entry.LinkTarget}\0{entry.Fingerprint}\0"
                    )
                )
            );
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
