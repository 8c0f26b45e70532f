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
        http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                AllowAutoRedirect = options.UseTls,
                UseProxy = options.UseTls,
            }
        )
        {
            BaseAddress = Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Uri Address { get; }

    public void Dispose() => http.Dispose();

    /// <summary>A call whose answer's headers are due soon.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) =>
        InTimeAsync(limit => SendLongAsync(request, limit), cancel);

    /// <summary>The body of an answer, of which some bytes are always due soon.</summary>
    public async Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancel) =>
        new BlobStream(
            await response.Content.ReadAsStreamAsync(cancel),
            async (read, caller) => await InTimeAsync(limit => read(limit).AsTask(), caller)
        );

    public DriverException TimedOut(Exception cause) =>
        new(
            DriverErrorKind.TimedOut,
            "registry.timed_out",
            $"The registry {options.Registry} did not answer within {options.CallTimeout.TotalSeconds:0} seconds.",
            cause
        );

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
        await InTimeAsync(
            async soon =>
            {
                await response.Content.LoadIntoBufferAsync(limit, soon);
                return true;
            },
            cancel
        );
        return await response.Content.ReadAsByteArrayAsync(cancel);
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.CallTimeout);
        try
        {
            return await call(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw TimedOut(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unavailable(e);
        }
    }

    private DriverException Unavailable(Exception cause) =>
        new(
            DriverErrorKind.Unavailable,
            "registry.unavailable",
            $"The registry {options.Registry} does not answer: {cause.Message}",
            cause
        );
}
