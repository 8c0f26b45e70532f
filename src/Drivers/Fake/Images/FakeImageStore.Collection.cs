using System.Text.Json;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Fake.Images;

/// <summary>What no manifest refers to.</summary>
public sealed partial class FakeImageStore
{
    private int pushes;

    /// <summary>Repositories that have a manifest or a blob.</summary>
    public IReadOnlyCollection<string> Repositories =>
        [.. manifests.Keys.Select(m => m.Repository).Concat(blobs.Keys.Select(b => b.Repository)).Distinct()];

    public async Task<IDisposable> BeginPushAsync(CancellationToken cancel)
    {
        (await Faults.EnterAsync(nameof(BeginPushAsync), cancel))();
        Interlocked.Increment(ref pushes);
        return new Push(this);
    }

    public async Task<bool> CollectAsync(CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(CollectAsync), cancel);
        if (Volatile.Read(ref pushes) > 0)
            return false;
        var needed = manifests.Values.SelectMany(manifest => Blobs(manifest.Content)).ToHashSet();
        foreach (var stored in blobs.Where(b => !needed.Contains(b.Key.Digest)))
            blobs.TryRemove(stored);
        leave();
        return true;
    }

    private static IEnumerable<ImageDigest> Blobs(ReadOnlyMemory<byte> manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        var layers = document.RootElement.GetProperty("layers").EnumerateArray();
        return
        [
            .. layers
                .Append(document.RootElement.GetProperty("config"))
                .Select(d => ImageDigest.Parse(d.GetProperty("digest").GetString()!)),
        ];
    }

    private sealed class Push(FakeImageStore store) : IDisposable
    {
        private int isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0)
                Interlocked.Decrement(ref store.pushes);
        }
    }
}
