using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>
/// <c>/hubs/logs</c>: live logs of many apps over one connection of ASP.NET Core SignalR (its protocols <c>json</c> and <c>messagepack</c>).
/// </summary>
public sealed class LogHub(LogFanout fanout, IGrainFactory grains, IHubCallers callers) : Hub
{
    private const int FirstLines = 100;

    /// <summary>After so long without lines an empty batch tells that the stream lives; and whoever may no longer see the app is found out.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    /// <summary>Streams batches of an app's lines until the caller cancels.</summary>
    /// <param name="app">The app's name or id.</param>
    /// <param name="afterSeq">Number of the last line the caller has: what comes after it is sent. Null: begin with the newest 100 lines.</param>
    /// <param name="filter">Null: every line.</param>
    /// <exception cref="HubException"><c>app.not_found</c>: there is no such app, or none that the caller may see. <c>log.too_many_streams</c>. <c>token.invalid</c>: the caller's token or session has ended, also meanwhile.</exception>
    public async IAsyncEnumerable<HubLogBatch> Follow(
        string app,
        long? afterSeq,
        HubLogFilter? filter,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var place = ((StreamPlaces)Context.Items[typeof(StreamPlaces)]!).Enter();
        var id = await FindAsync(app);
        await using var reading = await OpenAsync(id, filter?.ToFilter() ?? LogFilter.All, afterSeq);
        await foreach (var batch in reading.ReadAsync(SignOfLife, () => RequireAppAsync(id), cancel))
            yield return HubLogBatch.Of(batch);
    }

    public override Task OnConnectedAsync()
    {
        Context.Items[typeof(StreamPlaces)] = new StreamPlaces();
        return base.OnConnectedAsync();
    }

    /// <summary>Whoever opened the connection, with the rights that they have now.</summary>
    /// <exception cref="HubException"><c>token.invalid</c>: what they showed stands for nobody any more.</exception>
    private async Task<Actor> FindCallerAsync() =>
        await callers.FindAsync(Context.GetHttpContext()!)
        ?? throw new HubException($"{ErrorCodes.TokenInvalid}: Your token or session has ended. Sign in again.");

    private async Task<AppId> FindAsync(string app)
    {
        CallContext.Act(await FindCallerAsync());
        var id = await grains.FindAppByIdOrNameAsync(app) ?? throw NoSuchApp();
        await RequireAppAsync(id);
        return id;
    }

    /// <summary>A stranger gets what a missing app gets.</summary>
    private async Task<bool> RequireAppAsync(AppId id) => await fanout.MayReadAsync(await FindCallerAsync(), id) ? true : throw NoSuchApp();

    private async Task<LogReading> OpenAsync(AppId id, LogFilter filter, long? afterSeq)
    {
        CallContext.Act(await FindCallerAsync());
        return await fanout.OpenAsync(id, filter, FirstLines, afterSeq is { } seq ? Math.Max(seq, 0) : null, tail: true);
    }

    private static HubException NoSuchApp() => new($"{ErrorCodes.AppNotFound}: There is no such app. 'neeto apps' lists yours.");
}
