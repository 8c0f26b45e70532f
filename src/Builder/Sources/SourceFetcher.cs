using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Core.Networks;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Opens what a source's URL names: a file that this installation stored, or an archive on the internet.</summary>
internal sealed class SourceFetcher : IDisposable
{
    private readonly BuilderOptions options;
    private readonly HttpClient http;

    public SourceFetcher(BuilderOptions options)
    {
        this.options = options;
        // Without a proxy, so that the address that is checked is the one that is asked.
        http = new HttpClient(
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

    public void Dispose() => http.Dispose();

    public Task<Stream> OpenAsync(string url, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            throw new SourceException("the source has no valid URL");
        return uri.Scheme switch
        {
            "file" => Task.FromResult<Stream>(OpenFile(uri)),
            "http" or "https" => DownloadAsync(uri, cancel),
            _ => throw new SourceException($"a source cannot be fetched by {uri.Scheme}"),
        };
    }

    private FileStream OpenFile(Uri uri)
    {
        var path = Path.GetFullPath(uri.LocalPath);
        var allowed = options.SourceDirectories.Any(d => path.StartsWith(Path.GetFullPath(d) + "/", StringComparison.Ordinal));
        if (!allowed || uri.Host.Length > 0)
            throw new SourceException("the source is not one that this installation stored");
        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                0,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException("the source is no longer stored: push or upload it again", e);
        }
    }

    private async Task<Stream> DownloadAsync(Uri uri, CancellationToken cancel)
    {
        try
        {
            var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsStreamAsync(cancel);
            response.Dispose();
            throw new SourceException($"the source's server answered {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as SourceException
                ?? new SourceException($"the source could not be fetched from {uri.Host}: {e.Message}", e);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var found = await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = options.AllowPrivateSources ? found : Array.FindAll(found, PublicAddress.Is);
        if (allowed.Length == 0)
            throw new SourceException($"a source may not be fetched from {host}: its address is not a public one");
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
