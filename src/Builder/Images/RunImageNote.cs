using System.Text.Json.Nodes;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>How an app's image names the image that it stands on.</summary>
internal sealed record RunImageNote(StoredImage Image, ImageRef Reference)
{
    public string Name => Reference.Repository;

    /// <summary>
    /// The value of <c>runImage</c> in <c>io.buildpacks.lifecycle.metadata</c>. The registry's address is not in it: the same app on the same stack gives the same
    /// image in every installation.
    /// </summary>
    public JsonObject ToJson() =>
        new()
        {
            ["image"] = Name,
            ["topLayer"] = Image.Layers.Count > 0 ? Image.Layers[^1].Blob.DiffId.ToString() : "",
            ["reference"] = $"{Name}@{Reference.Digest}",
        };

    /// <summary>What older platforms read (<c>stack</c>).</summary>
    public JsonObject ToStackJson() => new() { ["runImage"] = new JsonObject { ["image"] = Name } };
}
