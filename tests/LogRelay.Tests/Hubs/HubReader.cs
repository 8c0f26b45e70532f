using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.LogRelay.Hubs;
using NeetoDeploy.LogRelay.Tests.Host;

namespace NeetoDeploy.LogRelay.Tests.Hubs;

/// <summary>Somebody with a connection to the hub.</summary>
internal sealed class HubReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HubConnection connection;

    private HubReader(HubConnection connection) => this.connection = connection;

    public static async Task<HubReader> ConnectAsync(RelayFixture relay, Actor actor, bool asMessagePack = true)
    {
        var token = relay.Callers.Admit(actor);
        var builder = new HubConnectionBuilder().WithUrl(
            $"{relay.Url}/hubs/logs",
            options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)
        );
        if (asMessagePack)
            builder.AddMessagePackProtocol();
        var connection = builder.Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return new HubReader(connection);
    }

    /// <summary>Batches of an app's log until the enumerator is disposed, or that is cancelled.</summary>
    public IAsyncEnumerator<HubLogBatch> Follow(
        string app,
        long? afterSeq = null,
        HubLogFilter? filter = null,
        CancellationToken cancel = default
    ) => connection.StreamAsync<HubLogBatch>("Follow", app, afterSeq, filter, cancel).GetAsyncEnumerator(cancel);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>The next batch.</summary>
    public static async Task<HubLogBatch> NextAsync(IAsyncEnumerator<HubLogBatch> batches)
    {
        Assert.True(await batches.MoveNextAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));
        return batches.Current;
    }

    /// <summary>Lines until there are so many.</summary>
    public static async Task<List<HubLogLine>> LinesAsync(IAsyncEnumerator<HubLogBatch> batches, int count)
    {
        var lines = new List<HubLogLine>();
        while (lines.Count < count)
        {
            var batch = await NextAsync(batches);
            Assert.Null(batch.Gap);
            lines.AddRange(batch.Lines);
        }
        return lines;
    }
}
