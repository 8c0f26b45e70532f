using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>Opens a blob by its digest, which nobody has compared yet.</summary>
internal delegate Task<Stream> OpenBlob(string digest);

/// <summary>
/// A buildpackage (distribution specification, "Buildpackage"): an image whose layers hold <c>/cnb/buildpacks/&lt;id&gt;/&lt;version&gt;</c>, in a registry or in
/// an OCI layout.
/// </summary>
internal sealed class OciPackage(SourceLimits limits)
{
    private const string Label = "io.buildpacks.buildpackage.metadata";
    private const int MostLayers = 128;
    private const int LargestDocument = 4 * 1024 * 1024;

    /// <summary>Unpacks the package's buildpacks and answers which of them it is made for.</summary>
    public async Task<BuildpackIdentity> ShelveAsync(
        JsonObject manifest,
        OpenBlob open,
        BuildpackShelf.Scratch scratch,
        CancellationToken cancel
    )
    {
        try
        {
            var config = await ReadAsync(await open(DigestOf(manifest["config"])), DigestOf(manifest["config"]), cancel);
            var label = config["config"]?["Labels"]?[Label]?.GetValue<string>();
            if (label is null)
                throw new SourceException($"the image is no buildpackage: it has no label {Label}");
            var metadata = JsonNode.Parse(label);
            var identity = BuildpackIdentity.Checked(
                metadata?["id"]?.GetValue<string>() ?? "",
                metadata?["version"]?.GetValue<string>() ?? ""
            );
            await UnpackAsync(manifest["layers"]?.AsArray() ?? [], open, scratch.Unpacked, cancel);
            var shelf = new UntrustedFolder(scratch.Unpacked).Find("cnb/buildpacks", FileKind.Directory);
            if (shelf is null || new UntrustedFolder(shelf).Find(identity.Place, FileKind.Directory) is null)
                throw new SourceException($"the package does not hold the buildpack {identity.Id} {identity.Version} that it says it is");
            Directory.Move(shelf, scratch.Shelf);
            return identity;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SourceException($"the package cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The manifest for this machine's processor, which an index may name among others.</summary>
    public static async Task<JsonObject> ManifestAsync(JsonObject document, OpenBlob open, CancellationToken cancel)
    {
        for (var depth = 0; document["manifests"] is JsonArray all && depth < 4; depth++)
        {
            var mine =
                all.FirstOrDefault(m => m?["platform"]?["architecture"]?.GetValue<string>() == StoredImage.Architecture)
                ?? (all.Count == 1 ? all[0] : null)
                ?? throw new SourceException($"the package is not made for linux/{StoredImage.Architecture}");
            document = await ReadAsync(await open(DigestOf(mine)), DigestOf(mine), cancel);
        }
        return document;
    }

    /// <summary>Reads a JSON document and compares its digest when one is given.</summary>
    public static async Task<JsonObject> ReadAsync(Stream content, string? digest, CancellationToken cancel)
    {
        await using (content)
        {
            using var bytes = new MemoryStream();
            await using var limited = new SourceStream(content, default, LargestDocument, "one of its documents is too large");
            await limited.CopyToAsync(bytes, 64 * 1024, cancel);
            var found = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()));
            if (digest is not null && digest != found)
                throw new SourceException("the package is damaged: a document is not what its digest says");
            return JsonNode.Parse(bytes.ToArray())?.AsObject() ?? [];
        }
    }

    private async Task UnpackAsync(JsonArray layers, OpenBlob open, string folder, CancellationToken cancel)
    {
        if (layers.Count > MostLayers)
            throw new SourceException($"the package has more than {MostLayers} layers");
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = limits.UnpackedBytes;
        foreach (var digest in layers.Select(DigestOf).Distinct())
        {
            var mine = limits with { UnpackedBytes = left };
            await using var content = await open(digest);
            await using var archive = await SourceArchive.OpenAsync(content, mine, cancel);
            var unpacked = await new SourceUnpacker(mine, folder, isRooted: true).UnpackAsync(archive.Tar, cancel);
            await archive.VerifyAsync(digest, cancel);
            left -= unpacked.Files.Keys.Sum(file => FileStatus.Of(Path.Combine(folder, file))!.Value.Size);
            foreach (var (path, target) in unpacked.Links)
                links[path] = target;
        }
        SourceLinks.Make(folder, links);
    }

    private static string DigestOf(JsonNode? descriptor) =>
        descriptor?["digest"]?.GetValue<string>() is { } digest && Core.Images.ImageDigest.TryParse(digest, null, out _)
            ? digest
            : throw new SourceException("the package is damaged: it names something without a digest");
}
