using System.Collections.Concurrent;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces.Routing;

namespace NeetoDeploy.Grains.Tests.Routing;

/// <summary>Keeps every message.</summary>
public sealed class RouteRecorder : IRouteObserver
{
    public ConcurrentQueue<RouteMessage> Messages { get; } = [];

    public Task ChangedAsync(RouteMessage message)
    {
        Messages.Enqueue(message);
        return Task.CompletedTask;
    }
}
