using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Grains.Installations;

/// <summary>Frees the disk of what nothing needs any more, and remembers how that went.</summary>
public sealed class GarbageCollector(IImageStore images, IBuildDriver builder, TimeProvider time, ILogger<GarbageCollector> log)
    : IDisposable
{
    /// <summary>One after the other: the platform and an administrator may want it at once. The registry's collection waits for itself.</summary>
    private readonly SemaphoreSlim trimming = new(1);

    private volatile GarbageCollection registry = new("registry", null, null);
    private volatile GarbageCollection caches = new("build caches", null, null);

    /// <summary>How each went last.</summary>
    public ImmutableArray<GarbageCollection> Last => [registry, caches];

    /// <summary>Frees the registry of what only removed images and abandoned builds had. False: somebody is pushing, ask again later.</summary>
    public async Task<bool> CollectImagesAsync(CancellationToken cancel)
    {
        var isDone = true;
        registry = await TryAsync(
            registry,
            async () => (isDone = await images.CollectAsync(cancel)) ? null : "An image is being pushed; it is tried again in a minute."
        );
        return isDone;
    }

    /// <summary>Keeps the builder's caches within their limits, and removes what a builder that was killed has left.</summary>
    public async Task TrimCachesAsync(CancellationToken cancel) =>
        caches = await TryAsync(
            caches,
            async () =>
            {
                await trimming.WaitAsync(cancel);
                try
                {
                    await builder.TrimCachesAsync(cancel);
                    return null;
                }
                finally
                {
                    trimming.Release();
                }
            }
        );

    public void Dispose() => trimming.Dispose();

    private async Task<GarbageCollection> TryAsync(GarbageCollection last, Func<Task<string?>> collect)
    {
        try
        {
            return last with { Trouble = await collect(), At = time.GetUtcNow() };
        }
        catch (DriverException e)
        {
            log.LogWarning(e, "What nothing needs stays in the {Subject} until the next attempt", last.Subject);
            return last with { Trouble = e.Message, At = time.GetUtcNow() };
        }
    }
}
