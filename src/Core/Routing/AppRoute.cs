using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Core.Routing;

/// <summary>What a router does with a request for an app.</summary>
public enum RouteState
{
    /// <summary>Forward to one of the targets.</summary>
    Serving,

    /// <summary>Answer the maintenance page (503, H80).</summary>
    Maintenance,

    /// <summary>No web dyno is wanted (503, H14).</summary>
    NoWebDynos,

    /// <summary>Web dynos are wanted and none is up because they crash (503, H10).</summary>
    Crashed,

    /// <summary>Web dynos are starting for the first time: hold the request until one is up or 75 s have passed (H20).</summary>
    Starting,

    /// <summary>Nothing has been released yet (the welcome page; H81).</summary>
    Blank,
}

/// <summary>A dyno that accepts connections.</summary>
/// <param name="Address">IP address without port.</param>
[GenerateSerializer, Immutable, Alias("neeto.RouteTarget")]
public sealed record RouteTarget(
    [property: Id(0)] DynoName Dyno,
    [property: Id(1)] ReleaseVersion Release,
    [property: Id(2)] string Address,
    [property: Id(3)] int Port
)
{
    /// <summary>Address and port, which name a target in the table and in a router's report of drained targets.</summary>
    public string Endpoint => $"{Address}:{Port}";
}

/// <summary>All that routers know of one app.</summary>
/// <param name="Hosts">Every host name that leads to the app, in lower case, without port.</param>
/// <param name="Targets">Healthy web dynos; empty unless <see cref="RouteState.Serving"/>.</param>
[GenerateSerializer, Immutable, Alias("neeto.AppRoute")]
public sealed record AppRoute(
    [property: Id(0)] AppId App,
    [property: Id(1)] AppName Name,
    [property: Id(2)] RouteState State,
    [property: Id(3)] ImmutableArray<string> Hosts,
    [property: Id(4)] ImmutableArray<RouteTarget> Targets
);
