using System.Net;
using Microsoft.AspNetCore.Http.Features;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Router.Logs;
using NeetoDeploy.Router.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>Answers every request: finds the app by its host, a dyno for it, forwards, and writes its line.</summary>
internal sealed partial class AppRequestHandler(
    LiveRoutes routes,
    UpstreamConnector connector,
    IHttpForwarder forwarder,
    RouterLineQueue lines,
    RouterOptions options,
    TimeProvider time
)
{
    private const int LongestHost = 253;

    /// <summary>How many dynos may refuse a request before the client hears of it.</summary>
    private const int MostAttempts = 3;

    /// <summary>How long a dyno that refused a connection is passed over.</summary>
    private static readonly TimeSpan AvoidFor = TimeSpan.FromSeconds(2);

    private readonly ForwarderRequestConfig forwarding = new()
    {
        ActivityTimeout = options.IdleTimeout,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public Task HandleAsync(HttpContext context)
    {
        Span<char> buffer = stackalloc char[LongestHost];
        var target = RequestTarget.Read(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (
            target is null
            || HttpMethods.IsConnect(context.Request.Method)
            || !HostHeader.TryRead(context.Request.Host.Value, buffer, out var host)
        )
            return Pages.WriteBadRequestAsync(context);
        var table = routes.Current;
        if (table.TryFind(host, out var entry, out var name))
            return ServeAsync(context, entry, name, target);
        return host is "127.0.0.1" && target is HealthPath ? WriteHealthAsync(context, table) : Pages.WriteNoSuchAppAsync(context);
    }

    private async Task ServeAsync(HttpContext context, RouteEntry entry, string host, string target)
    {
        using var exchange = new Exchange(context, entry, host, target, options) { Started = time.GetUtcNow() };
        var start = time.GetTimestamp();
        var error =
            exchange.Entry.Route.State == RouteState.Serving && exchange.Entry.Upstreams.Length > 0
                ? await ForwardAsync(context, exchange)
                : await RefuseOrHoldAsync(context, exchange);
        if (error is not null && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            await AnswerAsync(context, error);
        lines.Add(
            RouterLine.Of(
                exchange,
                error,
                context.Response.StatusCode,
                time.GetElapsedTime(start),
                exchange.Sent is { } sent ? connector.ConnectTime(sent) : null
            )
        );
    }

    private async Task<RouterError?> ForwardAsync(HttpContext context, Exchange exchange)
    {
        List<Upstream>? tried = null;
        RouterError? refusal = null;
        while (true)
        {
            var upstream = TargetChoice.Pick(
                exchange.Entry.Upstreams,
                (IReadOnlyCollection<Upstream>?)tried ?? [],
                time.GetTimestamp(),
                Random.Shared
            );
            if (upstream is null || tried?.Count >= MostAttempts)
                return refusal ?? RouterError.Platform;
            if (!upstream.TryEnter())
            {
                // The table has changed since it was read.
                if (!TryReread(exchange))
                    return refusal ?? await RefuseOrHoldAsync(context, exchange);
                continue;
            }

            var error = await SendAsync(context, exchange, upstream);
            if (error is null || !error.IsUnsent || context.Response.HasStarted)
                return error;
            refusal = error;
            upstream.Avoid(time.GetTimestamp() + (long)(AvoidFor.TotalSeconds * time.TimestampFrequency));
            (tried ??= []).Add(upstream);
            if (!TryReread(exchange))
                return refusal;
            context.Response.Clear();
        }
    }

    private async Task<RouterError?> SendAsync(HttpContext context, Exchange exchange, Upstream upstream)
    {
        exchange.Dyno = exchange.Entry.DynoOf(upstream);
        try
        {
            var error = await forwarder.SendAsync(
                context,
                upstream.Prefix,
                upstream.Connections,
                forwarding,
                exchange,
                exchange.FirstByteLate
            );
            return error == ForwarderError.None
                ? null
                : FailureClassifier.Classify(
                    error,
                    context.GetForwarderErrorFeature()?.Exception,
                    context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted || IsClientGone(error),
                    exchange.FirstByteLate.IsCancellationRequested
                );
        }
        finally
        {
            upstream.Leave();
        }
    }

    /// <summary>Looks the app up again; false when it has no targets any more.</summary>
    private bool TryReread(Exchange exchange)
    {
        if (!routes.Current.TryFind(exchange.Host, out var entry, out _))
            return false;
        exchange.Entry = entry;
        return entry.Upstreams.Length > 0;
    }

    private static bool IsClientGone(ForwarderError error) =>
        error is ForwarderError.ResponseBodyCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestCanceled;

    private static async Task AnswerAsync(HttpContext context, RouterError error)
    {
        try
        {
            await Pages.WriteAsync(context, error);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client left while its page was written; the line in the log says what happened before.
        }
    }
}
