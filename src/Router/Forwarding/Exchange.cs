using System.Globalization;
using System.Net;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NeetoDeploy.Router.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>
/// One request and its answer: what is known of it for the headers that are added, for the time-outs, and for its line in the log. As a
/// transformer it is handed to the forwarder, so that a request costs one object.
/// </summary>
internal sealed class Exchange(HttpContext context, RouteEntry entry, string host, string target, RouterOptions options)
    : HttpTransformer,
        IDisposable
{
    private const string Via = "1.1 neeto-router";

    /// <summary>Below this size an answer with a known length is taken to have been sent whole.</summary>
    private const long CountedFrom = 64 * 1024;

    private readonly FirstByteTimer firstByte = FirstByteTimer.Rent();
    private CountingStream? counted;
    private long? promised;
    private bool answered;

    public string Host => host;

    /// <summary>Path and query as the client wrote them.</summary>
    public string Target => target;

    public string Method { get; } = context.Request.Method;

    public string RequestId { get; } = Forwarding.RequestId.Choose(context.Request.Headers["X-Request-Id"]);

    public string ForwardedFor { get; } = ForwardedFrom(context);

    public DateTimeOffset Started { get; init; }

    /// <summary>Changes while the request waits for a dyno.</summary>
    public RouteEntry Entry { get; set; } = entry;

    /// <summary>The dyno that the request was last sent to.</summary>
    public string? Dyno { get; set; }

    /// <summary>The request in the form that was sent; null before.</summary>
    public HttpRequestMessage? Sent { get; private set; }

    public CancellationToken FirstByteLate => firstByte.Late;

    /// <summary>Bytes of the body that were sent; null when unknown, as for a WebSocket.</summary>
    public long? Bytes => context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols ? null : counted?.Written ?? promised ?? 0;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = RequestTarget.Under(destinationPrefix, target);
        var incoming = httpContext.Request.Headers;
        DropNominated(incoming, proxyRequest);
        Set(incoming, proxyRequest, "X-Forwarded-For", ForwardedFor);
        Set(incoming, proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);
        Set(incoming, proxyRequest, "X-Forwarded-Port", httpContext.Connection.LocalPort.ToString(CultureInfo.InvariantCulture));
        Set(incoming, proxyRequest, "X-Request-Id", RequestId);
        Set(incoming, proxyRequest, "X-Request-Start", Started.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        proxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Via, Via);
        Sent = proxyRequest;
        if (proxyRequest.Content is not null && httpContext.Request.ContentLength != 0)
            proxyRequest.Options.Set(UploadHandler.WhenSent, RequestSent);
        else
            RequestSent();
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext,
        HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken
    )
    {
        if (proxyResponse is null)
            return new(false);
        answered = true;
        firstByte.Stop();
        var copyBody = base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        httpContext.Response.Headers.Append(HeaderNames.Via, Via);
        promised = HttpMethods.IsHead(Method) ? 0 : proxyResponse.Content.Headers.ContentLength;
        if (promised is null or >= CountedFrom && proxyResponse.StatusCode != HttpStatusCode.SwitchingProtocols)
            httpContext.Response.Body = counted = new CountingStream(httpContext.Response.Body);
        return copyBody;
    }

    public void Dispose() => firstByte.Return();

    private void RequestSent()
    {
        // The end of a long upload may come after the answer's head.
        if (!answered)
            firstByte.Start(options.FirstByteTimeout);
    }

    /// <summary>Headers that the client named in <c>Connection</c> were meant for this hop only.</summary>
    private static void DropNominated(IHeaderDictionary incoming, HttpRequestMessage request)
    {
        var connection = incoming.Connection;
        if (
            connection.Count == 0
            || (
                connection.Count == 1
                && connection[0] is { } value
                && (
                    value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
                    || value.Equals("close", StringComparison.OrdinalIgnoreCase)
                )
            )
        )
            return;
        foreach (var name in incoming.GetCommaSeparatedValues(HeaderNames.Connection))
            if (!name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase) && request.Headers.NonValidated.Contains(name))
                request.Headers.Remove(name);
    }

    private static void Set(IHeaderDictionary incoming, HttpRequestMessage request, string name, string value)
    {
        if (incoming.ContainsKey(name))
            request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static string ForwardedFrom(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var client =
            address is null ? "unknown"
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.ToString();
        var before = context.Request.Headers["X-Forwarded-For"];
        return StringValues.IsNullOrEmpty(before) ? client : $"{before}, {client}";
    }
}
