using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Routing;

/// <summary>An app's route with its living targets; replaced whole when the route changes.</summary>
internal sealed class RouteEntry(AppRoute route, Upstream[] upstreams, string[] dynos, Backlog backlog)
{
    public AppRoute Route => route;

    public AppId App => route.App;

    public Upstream[] Upstreams => upstreams;

    /// <summary>Requests that wait for the app to boot; outlives the route.</summary>
    public Backlog Backlog => backlog;

    /// <summary>The dyno behind an upstream, as log lines name it.</summary>
    public string DynoOf(Upstream upstream) => dynos[Array.IndexOf(upstreams, upstream)];
}

/// <summary>Counts an app's waiting requests.</summary>
internal sealed class Backlog
{
    private int waiting;

    public bool TryEnter(int limit)
    {
        if (Interlocked.Increment(ref waiting) <= limit)
            return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref waiting);
}
