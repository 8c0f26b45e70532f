using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Tests.Creators;

/// <summary>An OCI layout as a lifecycle leaves it: on a run image whose layers are not there, with layers above it. A test may spoil any part before it is written.</summary>
internal sealed class TestLayout
{
    public TestLayout(StoredImage run)
    {
        foreach (var layer in run.Layers)
        {
            Layers.Add(Descriptor(layer.MediaType, layer.Blob.Digest, layer.Blob.Size));
            DiffIds.Add(layer.Blob.DiffId.ToString());
            History.Add(new JsonObject { ["created_by"] = "stack" });
        }
        Config = new JsonObject
        {
            ["architecture"] = run.Config["architecture"]!.DeepClone(),
            ["os"] = "linux",
            ["config"] = new JsonObject
            {
                ["User"] = "heroku",
                ["Entrypoint"] = new JsonArray("/cnb/lifecycle/launcher"),
                ["Labels"] = new JsonObject
                {
                    ["io.buildpacks.stack.id"] = "neeto-12",
                    ["io.buildpacks.lifecycle.metadata"] = new JsonObject
                    {
                        ["runImage"] = new JsonObject { ["topLayer"] = run.Layers[^1].Blob.DiffId.ToString() },
                    }.ToJsonString(),
                    ["io.buildpacks.build.metadata"] =
                        """{"buildpacks":[{"id":"test/shop","version":"1.2.3"}],"processes":[{"type":"web","command":["bash","-c","serve $PORT"],"args":[],"direct":true},{"type":"worker","command":"work","args":["hard"]}]}""",
                },
            },
        };
    }

    public JsonObject Config { get; }

    public JsonArray Layers { get; } = [];

    public JsonArray DiffIds { get; } = [];

    public JsonArray History { get; } = [];

    public Dictionary<string, byte[]> Blobs { get; } = [];

    /// <summary>The manifests that the index names; null: the one of the image.</summary>
    public JsonArray? Manifests { get; set; }

    public JsonObject Labels => Config["config"]!["Labels"]!.AsObject();

    public static byte[] Tar(string path, string content) => Archives.Tar(Archives.File(path, content));

    /// <summary>Adds a layer and its blob; answers the blob's name.</summary>
    public string Add(byte[] tar, string createdBy = "Application Layer", string type = ImageDocuments.LayerType)
    {
        var blob = type.EndsWith("gzip", StringComparison.Ordinal) ? Archives.Gzip(tar) : tar;
        var digest = Digest(blob);
        Layers.Add(Descriptor(type, digest, blob.Length));
        DiffIds.Add(Digest(tar).ToString());
        History.Add(new JsonObject { ["created_by"] = createdBy });
        Blobs[digest.Hex] = blob;
        return digest.Hex;
    }

    /// <summary>Writes the layout, whose parts nobody may add to any more.</summary>
    public void Write(string folder)
    {
        Config["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = DiffIds };
        Config["history"] = History;
        var config = Put(Encoding.UTF8.GetBytes(Config.ToJsonString()));
        var document = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["config"] = Descriptor(ImageDocuments.ConfigType, config.Digest, config.Size),
            ["layers"] = Layers,
        };
        var manifest = Put(Encoding.UTF8.GetBytes(document.ToJsonString()));
        Manifests ??= [Descriptor(ImageDocuments.ManifestType, manifest.Digest, manifest.Size)];
        Directory.CreateDirectory(Path.Combine(folder, "blobs/sha256"));
        foreach (var (name, content) in Blobs)
            File.WriteAllBytes(Path.Combine(folder, "blobs/sha256", name), content);
        File.WriteAllText(Path.Combine(folder, "index.json"), new JsonObject { ["manifests"] = Manifests }.ToJsonString());
    }

    public static ImageDigest Digest(byte[] content) => ImageDigest.FromHash(SHA256.HashData(content));

    private (ImageDigest Digest, int Size) Put(byte[] content)
    {
        Blobs.TryAdd(Digest(content).Hex, content);
        return (Digest(content), content.Length);
    }

    private static JsonObject Descriptor(string type, ImageDigest digest, long size) =>
        new()
        {
            ["mediaType"] = type,
            ["digest"] = digest.ToString(),
            ["size"] = size,
        };
}
