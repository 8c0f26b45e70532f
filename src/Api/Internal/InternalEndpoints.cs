using System.Collections.Immutable;
using System.Text.Json;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Internal;

/// <summary>Whether the installation waits for its first administrator.</summary>
public sealed record SetupReport(bool IsOpen);

/// <summary><c>/internal/*</c>: what routers follow and report (<see cref="RouteMessage"/> says how).</summary>
public static class InternalEndpoints
{
    /// <summary>A log line is at most 10 kB; a batch of many.</summary>
    private const int MaxBatchBytes = 16 << 20;

    public static void MapInternal(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/internal").AddEndpointFilter<RouteGroupBuilder, InternalAccess>();
        group.MapGet("/routes", StreamRoutesAsync);
        group.MapPost("/routers/{id}/report", ReportAsync);
        group.MapPost("/logs", AppendAsync);
        group.MapGet("/setup", async (IGrainFactory grains) => new SetupReport(await grains.Setup().IsOpenAsync()));
    }

    private static async Task StreamRoutesAsync(HttpContext http, IGrainFactory grains, TimeProvider time)
    {
        http.Response.ContentType = "application/x-ndjson";
        await using var follower = new RouteFollower(grains, time);
        await foreach (var message in follower.FollowAsync(http.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, message, RoutingJson.Default.RouteMessage, http.RequestAborted);
            await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static async Task<IResult> ReportAsync(string id, HttpContext http, IGrainFactory grains)
    {
        var report = await JsonSerializer.DeserializeAsync(http.Request.Body, RoutingJson.Default.RouterReport, http.RequestAborted);
        if (report is null || report.RouterId != id)
            return Results.BadRequest();
        await grains.RouteTable().ReportAsync(report);
        return Results.NoContent();
    }

    /// <summary>Answered once the lines are in their apps' logs. Lines of an app that has gone are dropped.</summary>
    private static async Task<IResult> AppendAsync(HttpContext http, IGrainFactory grains, RoutedRequests requests, ILoggerFactory logs)
    {
        if (http.Request.ContentLength > MaxBatchBytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var entries = await JsonSerializer.DeserializeAsync(
            http.Request.Body,
            RoutingJson.Default.ImmutableArrayRoutedLogEntry,
            http.RequestAborted
        );
        requests.Add(entries.Length);
        try
        {
            await Task.WhenAll(
                entries.GroupBy(entry => entry.App, entry => entry.Entry).Select(app => grains.Logs(app.Key).AppendAsync([.. app]))
            );
            return Results.NoContent();
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            // A full disk, or storage that is away: the router keeps the lines and sends them again.
            logs.CreateLogger(typeof(InternalEndpoints)).LogWarning("Router lines cannot be stored: {Reason}", e.Message);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
