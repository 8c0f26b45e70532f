using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Internal;

/// <summary>Whether the installation waits for its first administrator.</summary>
public sealed record SetupReport(bool IsOpen);

/// <summary><c>/internal/*</c>: what routers follow and report (<see cref="RouteMessage"/> says how).</summary>
public static class InternalEndpoints
{
    /// <summary>A log line is at most 10 kB; a batch of many. Longer bodies are answered with 413.</summary>
    private const int MaxBatchBytes = 16 << 20;

    public static void MapInternal(this IEndpointRouteBuilder routes)
    {
        var group = routes
            .MapGroup("/internal")
            .AddEndpointFilter<RouteGroupBuilder, InternalAccess>()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBatchBytes));
        group.MapGet("/routes", StreamRoutesAsync);
        group.MapPost("/routers/{id}/report", ReportAsync);
        group.MapPost("/logs", AppendAsync);
        group.MapPost("/metrics", AddFiguresAsync);
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

    /// <summary>Answered once the figures are stored. Figures of an app that has gone are dropped.</summary>
    private static async Task<IResult> AddFiguresAsync(HttpContext http, IGrainFactory grains, ILoggerFactory logs)
    {
        if (await ReadReportAsync(http) is not { } report)
            return Results.BadRequest();
        try
        {
            await Task.WhenAll(
                report.Figures.GroupBy(one => one.App).Select(app => grains.Metrics(app.Key).AddRequestsAsync(report.Id, [.. app]))
            );
            return Results.NoContent();
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            logs.CreateLogger(typeof(InternalEndpoints)).LogWarning("A router's figures cannot be stored: {Reason}", e.Message);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Null: it is none that a router writes.</summary>
    private static async Task<RoutedReport?> ReadReportAsync(HttpContext http)
    {
        try
        {
            var report = await JsonSerializer.DeserializeAsync(http.Request.Body, RoutingJson.Default.RoutedReport, http.RequestAborted);
            return report is { IsSound: true } ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
