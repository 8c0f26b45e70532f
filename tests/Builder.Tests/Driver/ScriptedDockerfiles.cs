using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>Makes of each Dockerfile an image of one layer, which says that it runs what the Dockerfile's line <c>CMD</c> or <c>ENTRYPOINT</c> says, as JSON.</summary>
internal sealed class ScriptedDockerfiles(IImageStore store) : IDockerfileBuilds, IImageImports
{
    /// <summary>What was to be built, with the files of its context.</summary>
    public ConcurrentQueue<(DockerfileSpec Spec, Dictionary<string, string> Files)> Builds { get; } = [];

    public ConcurrentQueue<AppId> Purged { get; } = [];

    /// <summary>Why the next builds fail; null when they do not.</summary>
    public string? Failure { get; set; }

    /// <summary>What the next builds wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<DockerfileOutcome> BuildAsync(
        DockerfileSpec spec,
        Stream context,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        var files = await UnpackAsync(context, cancel);
        Builds.Enqueue((spec, files));
        await output("Step 1/1 : FROM scratch\n"u8.ToArray());
        await Gate.WaitAsync(cancel);
        if (Failure is not null)
            return new DockerfileOutcome.Failed(Failure);
        return new DockerfileOutcome.Built(await StoreAsync(ImageRepositories.Of(spec.App), files[spec.Dockerfile], cancel));
    }

    /// <summary>Every image is there, and says that it runs its reference.</summary>
    public async Task<DockerfileOutcome> ImportAsync(
        AppId app,
        string reference,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    ) =>
        Failure is not null
            ? new DockerfileOutcome.Failed(Failure)
            : new DockerfileOutcome.Built(await StoreAsync(ImageRepositories.Of(app), $"CMD [\"{reference}\"]", cancel));

    public Task PurgeCacheAsync(AppId app, CancellationToken cancel)
    {
        Purged.Enqueue(app);
        return Task.CompletedTask;
    }

    private static async Task<Dictionary<string, string>> UnpackAsync(Stream context, CancellationToken cancel)
    {
        var files = new Dictionary<string, string>();
        await using var tar = new TarReader(context, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: true, cancel) is { } entry)
            files[entry.Name] =
                entry.EntryType is TarEntryType.SymbolicLink ? $"-> {entry.LinkName}"
                : entry.DataStream is { } data ? await new StreamReader(data).ReadToEndAsync(cancel)
                : "";
        return files;
    }

    private async Task<ImageRef> StoreAsync(string repository, string dockerfile, CancellationToken cancel)
    {
        var layer = await PutAsync(repository, Encoding.UTF8.GetBytes(dockerfile), cancel);
        var config = await PutAsync(
            repository,
            Encoding.UTF8.GetBytes(
                $$$"""
                {"architecture":"amd64","os":"linux","config":{"Entrypoint":{{{Words(dockerfile, "ENTRYPOINT")}}},"Cmd":{{{Words(
                    dockerfile,
                    "CMD"
                )}}}},
                 "history":[{"created_by":"/bin/sh -c #(nop) COPY file:{{{layer.Digest.ToString()["sha256:".Length..]}}} in /app "}],
                 "rootfs":{"type":"layers","diff_ids":["{{{layer.Digest}}}"]}}
                """
            ),
            cancel
        );
        var manifest = Encoding.UTF8.GetBytes(
            $$"""
            {"schemaVersion":2,"config":{"digest":"{{config.Digest}}","size":{{config.Size}}},
             "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","digest":"{{layer.Digest}}","size":{{layer.Size}}}]}
            """
        );
        var digest = ImageDigest.FromHash(SHA256.HashData(manifest));
        await store.PutManifestAsync(
            repository,
            digest.ToString(),
            "application/vnd.docker.distribution.manifest.v2+json",
            manifest,
            cancel
        );
        return new ImageRef(store.Registry, repository, digest);
    }

    private static string Words(string dockerfile, string instruction) =>
        dockerfile.Split('\n').FirstOrDefault(line => line.StartsWith(instruction, StringComparison.Ordinal)) is { } line
            ? line[instruction.Length..].Trim()
            : "null";

    private async Task<(ImageDigest Digest, int Size)> PutAsync(string repository, byte[] content, CancellationToken cancel)
    {
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        await store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), cancel);
        return (digest, content.Length);
    }
}
