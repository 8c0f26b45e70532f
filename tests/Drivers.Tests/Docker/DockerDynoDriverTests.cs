using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;
using NeetoDeploy.Drivers.Tests.Conformance;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

/// <summary>Conformance on the real engine.</summary>
public sealed class DockerDynoDriverTests(EngineFixture engine) : DynoDriverConformance
{
    protected override IDynoDriver Driver => engine.Services.GetRequiredService<IDynoDriver>();

    protected override ImageRef Image => engine.Image;

    // Podman 4 looks for its monitor's note of it in the wrong folder.
    protected override bool TellsOutOfMemory => engine.Podman is not { Major: < 5 };

    protected override ImageRef MissingImage => engine.Image with { Digest = ImageDigest.FromHash(new byte[32]) };

    protected override async Task<ImageRef> PublishAsync(string repository)
    {
        var made = await engine.PushImageAsync($"own-{Guid.NewGuid():N}");
        using var store = new RegistryImageStore(new RegistryOptions { Registry = engine.Registry });
        var manifest = await store.GetManifestAsync(made.Repository, made.Digest.ToString(), Cancel);
        var json = JsonNode.Parse(manifest!.Content.Span)!;
        foreach (var part in json["layers"]!.AsArray().Append(json["config"]))
            await store.MountBlobAsync(repository, ImageDigest.Parse((string)part!["digest"]!), made.Repository, Cancel);
        await store.PutManifestAsync(repository, manifest.Digest.ToString(), manifest.MediaType, manifest.Content, Cancel);
        await engine.Engine.RemoveImageAsync($"{made.Registry}/{made.Repository}:1", Cancel);
        return made with { Repository = repository };
    }

    protected override async Task<bool> HasAsync(ImageRef image) =>
        await engine.Engine.FindImageAsync(image.ToString(), Cancel) is not null;
}
