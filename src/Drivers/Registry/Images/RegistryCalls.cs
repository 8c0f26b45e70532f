using System.Net.Sockets;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Registry.Images;

/// <summary>Sends requests to the registry, turning every way of not getting an answer into a <see cref="DriverException"/>.</summary>
internal sealed class RegistryCalls : IDisposable
{
    private readonly HttpClient http;
    private readonly RegistryOptions options;

    public RegistryCalls(RegistryOptions options)
    {
        this.options = options;
        Address = new Uri($"{(options.UseTls ? "https" : "http")}://{options.Registry}/");
        http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            AllowAutoRedirect = options.UseTls,
            UseProxy = options.UseTls,
        })
        {
            BaseAddress = Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Uri Address { get; }

    public void Dispose() => http.Dispose();

    /// <summary>A call whose answer's headers are due soon.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.CallTimeout);
        try
        {
            return await SendLongAsync(request, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new DriverException(
                DriverErrorKind.TimedOut, "registry.timed_out", $"The registry {options.Registry} did not answer in {options.CallTimeout}.", e);
        }
    }

    /// <summary>A call that lasts as long as its content; only the caller ends it.</summary>
    public async Task<HttpResponseMessage> SendLongAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw Unavailable(e);
        }
    }

    /// <summary>Reads a small body.</summary>
    public async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancel)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(limit, cancel);
            return await response.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unavailable(e);
        }
    }

    private DriverException Unavailable(Exception cause) =>
        new(DriverErrorKind.Unavailable, "registry.unavailable", $"The registry {options.Registry} does not answer: {cause.Message}", cause);
}
