using NeetoDeploy.Core.Routing;
using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.Forwarding;

internal sealed partial class AppRequestHandler
{
    private const string HealthPath = "/.well-known/neeto/health";

    /// <summary>What to do with a request for an app that has no targets: refuse it, or hold it while the app boots.</summary>
    private async Task<RouterError?> RefuseOrHoldAsync(HttpContext context, Exchange exchange)
    {
        var backlog = exchange.Entry.Backlog;
        if (!IsBlank(exchange.Entry) && !IsBooting(exchange.Entry))
            return Refusal(exchange.Entry.Route.State);
        if (!backlog.TryEnter(options.BacklogLimit))
            return RouterError.BacklogTooDeep;
        try
        {
            // Whoever has just pushed a first release may be faster than the news of it.
            var error =
                await HoldAsync(context, exchange, IsBlank, options.FirstReleaseTimeout, RouterError.BlankApp)
                ?? await HoldAsync(context, exchange, IsBooting, options.BootTimeout, RouterError.BootTimeout);
            if (error is not null)
                return error;
        }
        finally
        {
            backlog.Leave();
        }

        return exchange.Entry.Upstreams.Length > 0 ? await ForwardAsync(context, exchange) : Refusal(exchange.Entry.Route.State);
    }

    /// <summary>Waits for as long as the app is so; answers an error when the time is over, or the client is gone.</summary>
    private async Task<RouterError?> HoldAsync(
        HttpContext context,
        Exchange exchange,
        Func<RouteEntry, bool> isSo,
        TimeSpan patience,
        RouterError otherwise
    )
    {
        if (!isSo(exchange.Entry))
            return null;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        while (true)
        {
            var change = routes.NextChange;
            if (!routes.Current.TryFind(exchange.Host, out var entry, out _))
                return RouterError.NoWebProcesses;
            exchange.Entry = entry;
            if (!isSo(entry))
                return null;
            try
            {
                await change.WaitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                return limit.IsCancellationRequested ? otherwise : RouterError.ClientInterrupted;
            }
        }
    }

    private static bool IsBlank(RouteEntry entry) => entry.Route.State == RouteState.Blank;

    /// <summary>An app that serves without any target is between two dynos, which is soon over.</summary>
    private static bool IsBooting(RouteEntry entry) =>
        entry.Route.State == RouteState.Starting || (entry.Route.State == RouteState.Serving && entry.Upstreams.Length == 0);

    private static RouterError Refusal(RouteState state) =>
        state switch
        {
            RouteState.Maintenance => RouterError.Maintenance,
            RouteState.NoWebDynos => RouterError.NoWebProcesses,
            RouteState.Crashed => RouterError.AppCrashed,
            RouteState.Blank => RouterError.BlankApp,
            _ => RouterError.Platform,
        };

    private static Task WriteHealthAsync(HttpContext context, RouteTable table)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            $"{{\"status\":\"ok\",\"version\":{table.Version},\"apps\":{table.Entries.Count}}}\n",
            context.RequestAborted
        );
    }
}
