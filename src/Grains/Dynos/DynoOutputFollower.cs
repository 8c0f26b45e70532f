using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Logs;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>
/// Carries what dynos write into their apps' logs, from their start to their end. A dyno's grain asks for it whenever it sees its incarnations, so following
/// begins again after a restart; the log leaves out what it has. It works beside the grains, on the threads of the silo.
/// </summary>
public sealed partial class DynoOutputFollower(
    IDynoDriver driver,
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime host,
    IOptions<LogsOptions> options,
    ILogger<DynoOutputFollower> log
)
{
    private const int MostLinesAtOnce = 500;
    private const int MostLinesWaiting = 4_000;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DynoKey, Lazy<Task>> following = [];

    /// <summary>Follows unless it does already. The answer completes when the dyno has exited and all it wrote is stored.</summary>
    /// <param name="copyTo">Where the bytes go besides the log; null: nowhere.</param>
    public Task FollowAsync(DynoKey key, DynoHandle handle, OutputId? copyTo = null) =>
        following.GetOrAdd(key, _ => new Lazy<Task>(() => Task.Run(() => RunAsync(key, handle, copyTo)))).Value;

    private async Task RunAsync(DynoKey key, DynoHandle handle, OutputId? copyTo)
    {
        CallContext.Act(Actor.Platform);
        var cancel = host.ApplicationStopping;
        try
        {
            if (driver is not ISupportsLogTail tail)
                return;
            var lines = Channel.CreateBounded<DynoOutputLine>(MostLinesWaiting);
            var reading = ReadAllAsync(tail, key, handle, copyTo is null, lines.Writer, cancel);
            await StoreAllAsync(key, copyTo, lines.Reader, cancel);
            await reading;
        }
        finally
        {
            following.TryRemove(key, out _);
        }
    }

    /// <summary>Reads to the end, going on after the last line when the engine was away.</summary>
    private async Task ReadAllAsync(
        ISupportsLogTail tail,
        DynoKey key,
        DynoHandle handle,
        bool mayBeginLate,
        ChannelWriter<DynoOutputLine> lines,
        CancellationToken cancel
    )
    {
        var after = mayBeginLate ? await RetryAsync(() => grains.Logs(key.App).GetHorizonAsync(), key, cancel) : null;
        while (true)
        {
            try
            {
                await foreach (var line in tail.FollowAsync(handle, after, cancel))
                {
                    await lines.WriteAsync(line, cancel);
                    after = line.Time;
                }
                break;
            }
            catch (DriverException e) when (e.Kind == DriverErrorKind.NotFound)
            {
                break;
            }
            catch (DriverException e)
            {
                log.LogDebug(e, "The output of {Dyno} cannot be followed; trying again", key);
                await Task.Delay(RetryPause, time, cancel);
            }
        }
        lines.Complete();
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> action, DynoKey key, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await action();
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogWarning(e, "The output of {Dyno} cannot be stored; trying again", key);
                await Task.Delay(RetryPause, time, cancel);
            }
        }
    }
}
