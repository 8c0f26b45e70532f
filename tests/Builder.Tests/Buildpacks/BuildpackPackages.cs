using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>Makes buildpackages: an image with a layer for each buildpack.</summary>
internal sealed class BuildpackPackages
{
    private readonly Dictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

    /// <summary>Digest and bytes of all that the package is made of.</summary>
    public IReadOnlyDictionary<string, byte[]> Blobs => blobs;

    /// <summary>The digest of the index.</summary>
    public string Index { get; }

    /// <param name="main">Id and version of what the label names; null for no label.</param>
    public BuildpackPackages(string? main, params (string Id, string Version, string Toml)[] buildpacks)
    {
        var layers = new JsonArray([.. buildpacks.Select(b => Descriptor(Archives.Gzip(Layer(b.Id, b.Version, b.Toml))))]);
        var labels = new JsonObject();
        if (main?.Split('@') is [var id, var version])
            labels["io.buildpacks.buildpackage.metadata"] = new JsonObject { ["id"] = id, ["version"] = version }.ToJsonString();
        var config = Descriptor(Bytes(new JsonObject { ["config"] = new JsonObject { ["Labels"] = labels } }));
        var manifest = Descriptor(Bytes(new JsonObject { ["config"] = config, ["layers"] = layers }));
        manifest["platform"] = new JsonObject { ["architecture"] = StoredImage.Architecture, ["os"] = "linux" };
        var other = new JsonObject
        {
            ["digest"] = $"sha256:{new string('0', 64)}",
            ["platform"] = new JsonObject { ["architecture"] = "s390x" },
        };
        Index = Descriptor(Bytes(new JsonObject { ["manifests"] = new JsonArray(other, manifest) }))["digest"]!.GetValue<string>();
    }

    /// <summary>The <c>.cnb</c> file.</summary>
    public byte[] File() =>
        Archives.Tar([
            Archives.File("oci-layout", "{}"),
            Archives.File("index.json", blobs[Index]),
            .. blobs.Select(blob => Archives.File("blobs/" + blob.Key.Replace(':', '/'), blob.Value)),
        ]);

    /// <summary>Puts it in a registry that the server plays.</summary>
    public void Push(BuildpackServer server, string repository, string tag)
    {
        server.Files[$"/v2/{repository}/manifests/{tag}"] = blobs[Index];
        foreach (var (digest, bytes) in blobs)
        {
            server.Files[$"/v2/{repository}/manifests/{digest}"] = bytes;
            server.Files[$"/v2/{repository}/blobs/{digest}"] = bytes;
        }
    }

    /// <summary>Changes a layer without its digest.</summary>
    public void Damage()
    {
        var layer = blobs.First().Key;
        blobs[layer] = Archives.Gzip(Layer("x/evil", "1", "evil"));
    }

    // Names begin with a slash, and bin/detect is a link, as the usual tools make them.
    private static byte[] Layer(string id, string version, string toml)
    {
        var folder = $"/cnb/buildpacks/{id.Replace('/', '_')}/{version}";
        return Archives.Tar(
            Archives.File($"{folder}/buildpack.toml", toml),
            Archives.File($"{folder}/bin/build", "build", executable: true),
            Archives.Link($"{folder}/bin/detect", "build")
        );
    }

    private JsonObject Descriptor(byte[] content)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        blobs[digest] = content;
        return new() { ["digest"] = digest, ["size"] = content.Length };
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
