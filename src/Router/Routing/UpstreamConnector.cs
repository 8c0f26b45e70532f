using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using NeetoDeploy.Router.Forwarding;

namespace NeetoDeploy.Router.Routing;

/// <summary>Opens connections to dynos, and remembers how long that took.</summary>
internal sealed class UpstreamConnector(RouterOptions options, TimeProvider time)
{
    /// <summary>Well below the 5 s after which Node closes a silent connection, so that a request is never sent into one that is closing.</summary>
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(3);

    private readonly ConditionalWeakTable<HttpRequestMessage, StrongBox<TimeSpan>> connects = [];

    /// <summary>The connections of one target.</summary>
    public HttpMessageHandler Open() =>
        new UploadHandler(
            new SocketsHttpHandler
            {
                ActivityHeadersPropagator = null,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectCallback = ConnectAsync,
                ConnectTimeout = Timeout.InfiniteTimeSpan,
                MaxResponseHeadersLength = 512,
                PooledConnectionIdleTimeout = IdleLifetime,
                RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
                ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
                UseCookies = false,
                UseProxy = false,
            }
        );

    /// <summary>What the request spent on a new connection; zero when it found one.</summary>
    public TimeSpan ConnectTime(HttpRequestMessage request) => connects.TryGetValue(request, out var took) ? took.Value : TimeSpan.Zero;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && !cancel.IsCancellationRequested)
                throw new SocketException((int)SocketError.TimedOut);
            throw;
        }
        finally
        {
            connects.AddOrUpdate(context.InitialRequestMessage, new(time.GetElapsedTime(start)));
        }
    }
}
