using System.Collections.Immutable;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Routing;

/// <summary>The table in effect, and the one place that changes it.</summary>
internal sealed class LiveRoutes(UpstreamConnector connector)
{
    private readonly Lock writing = new();
    private readonly Dictionary<string, (Upstream Upstream, int Holders)> upstreams = new(StringComparer.Ordinal);
    private readonly HashSet<Upstream> draining = [];
    private RouteTable current = RouteTable.Empty;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RouteTable Current => Volatile.Read(ref current);

    /// <summary>Completes with the next change. Take it before reading <see cref="Current"/>, so that no change is missed.</summary>
    public Task NextChange => Volatile.Read(ref changed).Task;

    /// <summary>Set whenever the control plane should hear from this router: a message took effect, or a retired target became idle.</summary>
    public Pulse ToReport { get; } = new();

    /// <summary>Set whenever the table differs from what was stored.</summary>
    public Pulse ToStore { get; } = new();

    /// <summary>Endpoints that the table no longer holds and that still have requests in flight.</summary>
    public ImmutableArray<string> Draining()
    {
        lock (writing)
            return [.. draining.Select(upstream => upstream.Endpoint).Where(endpoint => !upstreams.ContainsKey(endpoint)).Distinct()];
    }

    public void Apply(RouteMessage message)
    {
        List<Upstream> retired = [];
        lock (writing)
        {
            var before = current;
            var after = Next(before, message, retired);
            Volatile.Write(ref current, after);
            foreach (var upstream in retired)
                draining.Add(upstream);
        }

        // Outside the lock, because an idle target reports itself at once; after the swap, because only then does nobody new find it.
        foreach (var upstream in retired)
            upstream.Retire();
        if (message is { Table: null, Changed: null, Removed: null })
            return;
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        ToReport.Set();
        ToStore.Set();
    }

    private RouteTable Next(RouteTable before, RouteMessage message, List<Upstream> retired)
    {
        if (message.Table is { } table)
        {
            var entries = table.Select(Enter).ToList();
            foreach (var entry in before.Entries)
                Release(entry, retired);
            return RouteTable.Of(message.Version, entries);
        }

        var app = message.Changed?.App ?? message.Removed;
        if (app is null)
            return before.Version == message.Version ? before : before.At(message.Version);
        var added = message.Changed is { } route ? Enter(route) : null;
        if (before.Of(app.Value) is { } old)
            Release(old, retired);
        return added is null ? before.Without(message.Version, app.Value) : before.With(message.Version, added);
    }

    private RouteEntry Enter(AppRoute route)
    {
        var targets = route.State == RouteState.Serving ? route.Targets : [];
        var living = new Upstream[targets.Length];
        for (var i = 0; i < living.Length; i++)
        {
            var (upstream, holders) = upstreams.GetValueOrDefault(targets[i].Endpoint);
            living[i] = upstream ?? new Upstream(targets[i], connector.Open, BecameIdle);
            upstreams[targets[i].Endpoint] = (living[i], holders + 1);
        }

        return new(route, living, [.. targets.Select(target => target.Dyno.ToString())], Current.Of(route.App)?.Backlog ?? new Backlog());
    }

    private void Release(RouteEntry entry, List<Upstream> retired)
    {
        foreach (var upstream in entry.Upstreams)
        {
            var holders = upstreams[upstream.Endpoint].Holders - 1;
            if (holders > 0)
            {
                upstreams[upstream.Endpoint] = (upstream, holders);
                continue;
            }

            upstreams.Remove(upstream.Endpoint);
            retired.Add(upstream);
        }
    }

    private void BecameIdle(Upstream upstream)
    {
        lock (writing)
            draining.Remove(upstream);
        ToReport.Set();
    }
}
