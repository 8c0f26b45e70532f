using System.ComponentModel;
using System.Diagnostics;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Registry.Images;

/// <summary>
/// Runs docker-registry's own collection of blobs that no manifest refers to, while the registry goes on serving. That is safe only while nothing is
/// pushed: a pushed blob has no manifest yet. So pushes, all of which come through here, and the collection keep each other waiting; and as a collection
/// outlives a silo that is killed, it holds a lock file, which the next silo's first push waits for.
/// </summary>
internal sealed class RegistryCollection(RegistryOptions options) : IDisposable
{
    private const int MostPushes = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim pushes = new(MostPushes);
    private readonly SemaphoreSlim collecting = new(1);
    private bool isAlone;

    /// <summary>Whether there may be something to collect: so at first, since nobody knows what an earlier silo left, and after each push or removal.</summary>
    public bool IsDue { get; set; } = true;

    private string LockFile => $"{options.OwnConfiguration}.collecting";

    public void Dispose()
    {
        pushes.Dispose();
        collecting.Dispose();
    }

    public async Task<IDisposable> BeginPushAsync(CancellationToken cancel)
    {
        await pushes.WaitAsync(cancel);
        var push = new Push(pushes);
        try
        {
            await WaitForOthersAsync(cancel);
            IsDue = true;
            return push;
        }
        catch
        {
            push.Dispose();
            throw;
        }
    }

    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        if (options.OwnConfiguration is null || !IsDue)
            return true;
        await collecting.WaitAsync(cancel);
        var taken = 0;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            for (; taken < MostPushes; taken++)
                await pushes.WaitAsync(patience.Token);
            await WaitForOthersAsync(cancel);
            await CollectAsync(cancel);
            IsDue = false;
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (taken > 0)
                pushes.Release(taken);
            collecting.Release();
        }
    }

    /// <summary>Waits for the collection that an earlier silo began. One look is enough: this one begins none while somebody pushes.</summary>
    private async Task WaitForOthersAsync(CancellationToken cancel)
    {
        while (options.OwnConfiguration is not null && !isAlone)
        {
            try
            {
                await using var held = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                isAlone = true;
            }
            catch (IOException)
            {
                await Task.Delay(BetweenLooks, cancel);
            }
        }
    }

    private async Task CollectAsync(CancellationToken cancel)
    {
        // Without --delete-untagged: our images have no tags.
        var start = new ProcessStartInfo("flock", ["--nonblock", LockFile, "docker-registry", "garbage-collect", options.OwnConfiguration!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(CancellationToken.None),
                process.StandardError.ReadToEndAsync(CancellationToken.None)
            );
            // Not to be cut short: nobody may push until it has ended.
            await process.WaitForExitAsync(CancellationToken.None);
            await output;
            if (process.ExitCode != 0)
                throw new DriverException(
                    DriverErrorKind.Unavailable,
                    "registry.collection_failed",
                    $"docker-registry could not collect unused blobs: {(await errors).Trim()}"
                );
        }
        catch (Win32Exception e)
        {
            throw new DriverException(DriverErrorKind.Invalid, "registry.no_collection", "The program flock is not installed.", e);
        }
        cancel.ThrowIfCancellationRequested();
    }

    private sealed class Push(SemaphoreSlim pushes) : IDisposable
    {
        private int isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0)
                pushes.Release();
        }
    }
}
