using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Core.Networks;

namespace NeetoDeploy.Builder.Sources;

/// <summary>HTTP for URLs that users give: it connects to public addresses only, unless the operator allows others.</summary>
internal sealed class PublicHttp : IDisposable
{
    private readonly bool allowPrivate;

    public PublicHttp(BuilderOptions options)
    {
        allowPrivate = options.AllowPrivateSources;
        // Without a proxy, so that the address that is checked is the one that is asked.
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = ConnectAsync,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                MaxAutomaticRedirections = 5,
                UseProxy = false,
                UseCookies = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public HttpClient Client { get; }

    /// <summary>The addresses of a host that may be connected to.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancel)
    {
        var found = await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = allowPrivate ? found : Array.FindAll(found, PublicAddress.Is);
        return allowed.Length > 0
            ? allowed
            : throw new SourceException($"a source may not be fetched from {host}: its address is not a public one");
    }

    /// <summary>The answer to a request, whatever its status.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as SourceException
                ?? new SourceException($"the source could not be fetched from {request.RequestUri!.Host}: {e.Message}", e);
        }
    }

    /// <summary>Opens what is at a URL.</summary>
    public async Task<Stream> OpenAsync(Uri url, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var response = await SendAsync(request, cancel);
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadAsStreamAsync(cancel);
        response.Dispose();
        throw new SourceException($"the source's server answered {(int)response.StatusCode}");
    }

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var allowed = await FindAsync(context.DnsEndPoint.Host, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
