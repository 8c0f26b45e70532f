using System.Net.Http.Headers;
using System.Net.Sockets;
using Docker.DotNet;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>
/// The engine's API (1.41, which Docker 20.10 and Podman 4 speak) on its unix socket. One client serves the process: the first call
/// costs up to a second, later ones a few milliseconds.
/// </summary>
internal sealed class DockerEngine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string socket;
    private readonly DockerClient client;
    private readonly HttpClient http;
    private bool? isPodman;

    public DockerEngine(string socket)
    {
        this.socket = socket;
        client = new DockerClientBuilder()
            .WithEndpoint(new Uri($"unix://{socket}"))
            .WithApiVersion(new Version(1, 41))
            .WithTimeout(Timeout.InfiniteTimeSpan)
            .Build();
        http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync })
        {
            BaseAddress = new Uri("http://engine/v1.41/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A call that the engine answers soon.</summary>
    public Task<T> CallAsync<T>(Func<IDockerClient, CancellationToken, Task<T>> call, CancellationToken cancel) =>
        RunAsync(call, Patience, cancel);

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<IDockerClient, CancellationToken, Task> call, CancellationToken cancel) =>
        RunAsync(Answerless(call), Patience, cancel);

    /// <summary>A call that may take as long as it needs: a pull, an import, a stream.</summary>
    public Task<T> WaitAsync<T>(Func<IDockerClient, CancellationToken, Task<T>> call, CancellationToken cancel) =>
        RunAsync(call, Timeout.InfiniteTimeSpan, cancel);

    /// <inheritdoc cref="WaitAsync{T}"/>
    public Task WaitAsync(Func<IDockerClient, CancellationToken, Task> call, CancellationToken cancel) =>
        RunAsync(Answerless(call), Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Opens an endless answer as raw bytes, where the client library would hide its framing.</summary>
    public Task<Stream> OpenAsync(string path, CancellationToken cancel) => OpenAsync(HttpMethod.Get, path, null, Patience, cancel);

    /// <summary>Asks for long work, whose progress is the answer. A path that begins with a slash says the API's version itself.</summary>
    public Task<Stream> OpenWorkAsync(string path, CancellationToken cancel) =>
        OpenAsync(HttpMethod.Post, path, null, Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Asks for long work on a tar archive. The engine ends the work when the answer is no longer read.</summary>
    public Task<Stream> OpenWorkAsync(string path, Stream tar, CancellationToken cancel) =>
        OpenAsync(HttpMethod.Post, path, tar, Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Whether this is Podman, whose own API can do what its imitation of Docker's cannot.</summary>
    public async Task<bool> IsPodmanAsync(CancellationToken cancel)
    {
        if (isPodman is { } known)
            return known;
        var version = await CallAsync((engine, token) => engine.System.GetVersionAsync(token), cancel);
        isPodman = version.Components?.Any(part => part.Name == "Podman Engine") == true;
        return isPodman.Value;
    }

    private async Task<Stream> OpenAsync(HttpMethod method, string path, Stream? tar, TimeSpan limit, CancellationToken cancel)
    {
        return await RunAsync(
            async (_, patience) =>
            {
                using var request = new HttpRequestMessage(method, path);
                if (tar is not null)
                    request.Content = new StreamContent(tar) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-tar") } };
                // Docker wants credentials with a push, even none: this is {}.
                if (method == HttpMethod.Post)
                    request.Headers.Add("X-Registry-Auth", "e30=");
                var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience);
                if (!answer.IsSuccessStatusCode)
                    throw new DockerApiException(answer.StatusCode, await answer.Content.ReadAsStringAsync(patience));
                return await answer.Content.ReadAsStreamAsync(patience);
            },
            limit,
            cancel
        );
    }

    /// <summary>Translates a failure of a stream that a call has opened.</summary>
    public Exception Translate(Exception failure) => EngineErrors.Translate(failure, socket);

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    private async Task<T> RunAsync<T>(Func<IDockerClient, CancellationToken, Task<T>> call, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await call(client, limit.Token);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            throw Translate(failure);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    private static Func<IDockerClient, CancellationToken, Task<bool>> Answerless(Func<IDockerClient, CancellationToken, Task> call) =>
        async (engine, cancel) =>
        {
            await call(engine, cancel);
            return true;
        };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancel);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
