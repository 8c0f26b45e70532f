using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;

namespace NeetoDeploy.Drivers.Tests.Images;

public sealed class RegistryImageStoreTests(RegistryFixture registry) : ImageStoreConformance, IClassFixture<RegistryFixture>, IDisposable
{
    private readonly RegistryImageStore store = new(Options(registry));

    protected override IImageStore Store => store;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_push_waits_for_the_collection_that_a_killed_silo_has_left_running()
    {
        using var other = new RegistryImageStore(Options(registry));
        Task<IDisposable> push;
        await using (new FileStream($"{registry.Configuration}.collecting", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            push = other.BeginPushAsync(Cancel);
            Assert.False(push.IsCompleted);
        }
        (await push).Dispose();
    }

    [Fact]
    public async Task The_registry_of_somebody_else_is_left_alone()
    {
        using var foreign = new RegistryImageStore(new RegistryOptions { Registry = registry.Registry });
        var content = "nobody refers to it"u8.ToArray();
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        await foreign.PutBlobAsync("apps/foreign", digest, content.Length, new MemoryStream(content), Cancel);

        await foreign.RemoveRepositoryAsync("apps/foreign", Cancel);
        Assert.True(await foreign.CollectAsync(Cancel));

        Assert.True(await foreign.HasBlobAsync("apps/foreign", digest, Cancel));
    }

    [Fact]
    public async Task A_mount_that_cannot_be_leaves_no_beginning_of_an_upload()
    {
        using var store = new RegistryImageStore(Options(registry));
        var (mine, digest) = ($"apps/{Guid.NewGuid()}", ImageDigest.FromHash(SHA256.HashData("nobody has it"u8)));

        Assert.False(await store.MountBlobAsync(mine, digest, "apps/nobody", Cancel));

        Assert.False(Directory.Exists(Path.Combine(registry.Storage, "docker/registry/v2/repositories", mine)));
    }

    [Fact]
    public async Task A_registry_that_is_down_is_unavailable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = closed.LocalEndpoint.ToString()!;
        closed.Stop();
        using var down = new RegistryImageStore(new RegistryOptions { Registry = address });
        var error = await Assert.ThrowsAsync<DriverException>(() => down.GetManifestAsync("apps/a", "latest", Cancel));
        Assert.Equal(DriverErrorKind.Unavailable, error.Kind);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_registry_that_never_answers_times_out()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var slow = new RegistryImageStore(
            new RegistryOptions { Registry = silent.LocalEndpoint.ToString()!, CallTimeout = TimeSpan.FromMilliseconds(200) }
        );
        var error = await Assert.ThrowsAsync<DriverException>(() => slow.GetManifestAsync("apps/a", "latest", Cancel));
        Assert.Equal(DriverErrorKind.TimedOut, error.Kind);
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_no_upload_behind()
    {
        var content = new byte[1_000_000];
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.PutBlobAsync("apps/cancelled", digest, content.Length, new CancellingStream(content, cancel), cancel.Token)
        );
        Assert.Empty(Directory.GetDirectories(Path.Combine(registry.Storage, "docker/registry/v2/repositories/apps/cancelled/_uploads")));
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_as_it_begins_leaves_no_upload_behind()
    {
        var repository = $"apps/{Guid.NewGuid()}";
        var content = "begun and cancelled"u8.ToArray();
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        var ended = 0;
        for (var patience = TimeSpan.Zero; patience < TimeSpan.FromMilliseconds(6); patience += TimeSpan.FromMicroseconds(50))
        {
            using var cancel = new CancellationTokenSource();
            var upload = store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), cancel.Token);
            // No timer is as fine as this.
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < patience; )
                await Task.Yield();
            await cancel.CancelAsync();
            await Task.WhenAny(upload);
            ended += upload.IsCanceled ? 1 : 0;
        }
        Assert.InRange(ended, 1, int.MaxValue);
        Assert.Empty(Directory.GetDirectories(Path.Combine(registry.Storage, "docker/registry/v2/repositories", repository, "_uploads")));
    }

    [Fact]
    public async Task A_source_that_breaks_fails_the_upload()
    {
        var digest = ImageDigest.FromHash(SHA256.HashData("never complete"u8));
        await Assert.ThrowsAsync<DriverException>(() =>
            store.PutBlobAsync("apps/broken", digest, 1_000_000, new BrokenStream(500_000), Cancel)
        );
        Assert.False(await store.HasBlobAsync("apps/broken", digest, Cancel));
    }

    private static RegistryOptions Options(RegistryFixture registry) =>
        new()
        {
            Registry = registry.Registry,
            OwnConfiguration = registry.Configuration,
            OwnStorage = registry.Storage,
        };

    /// <summary>Its reader is cancelled half-way.</summary>
    private sealed class CancellingStream(byte[] content, CancellationTokenSource cancel) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > Length / 2)
                await cancel.CancelAsync();
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>Gives so many bytes, then fails.</summary>
    private sealed class BrokenStream(int length) : MemoryStream(new byte[length])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The disk is gone.");
        }
    }
}
