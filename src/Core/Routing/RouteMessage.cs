using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Core.Routing;

/// <summary>
/// One line of the stream that routers follow (<c>GET /internal/routes</c>, a JSON object a line). The first message of a
/// connection is always a whole table; after it come single changes, and a message with neither every few seconds as a sign of life.
/// </summary>
/// <param name="Version">The table's version after this message; it only grows.</param>
/// <param name="Table">The whole table, which replaces what the router has; null in a change.</param>
/// <param name="Changed">The app's new route, or null when <paramref name="Removed"/> says that it has gone.</param>
/// <param name="Removed">The app whose route has gone.</param>
[GenerateSerializer, Immutable, Alias("neeto.RouteMessage")]
public sealed record RouteMessage(
    [property: Id(0)] long Version,
    [property: Id(1)] ImmutableArray<AppRoute>? Table,
    [property: Id(2)] AppRoute? Changed,
    [property: Id(3)] AppId? Removed
);

/// <summary>
/// What a router tells the control plane (<c>POST /internal/routers/{id}/report</c>): at once after a message has taken effect, whenever
/// a removed target has become idle, and every 2 seconds.
/// </summary>
/// <param name="Version">The version in effect.</param>
/// <param name="Draining">Endpoints that are no longer in the table and still have requests in flight.</param>
[GenerateSerializer, Immutable, Alias("neeto.RouterReport")]
public sealed record RouterReport(
    [property: Id(0)] string RouterId,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableArray<string> Draining
);

/// <summary>A log line that a router wrote for an app (<c>POST /internal/logs</c>, a JSON array of these).</summary>
[GenerateSerializer, Immutable, Alias("neeto.RoutedLogEntry")]
public sealed record RoutedLogEntry([property: Id(0)] AppId App, [property: Id(1)] Logs.LogEntry Entry);
