using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>An installation that answers what the test tells it to, over real HTTP. The last answer of a request line is given again and again.</summary>
internal sealed class ScriptedEdge : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> script = [];
    private readonly ConcurrentQueue<EdgeRequest> requests = [];
    private readonly WebApplication app;

    private ScriptedEdge(WebApplication app) => this.app = app;

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public string Url => app.Urls.Single();

    /// <summary>What has been asked, in order.</summary>
    public IReadOnlyList<EdgeRequest> Requests => [.. requests];

    public static async Task<ScriptedEdge> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var edge = new ScriptedEdge(builder.Build());
        edge.app.Run(edge.AnswerAsync);
        await edge.app.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    /// <summary>Answers a line such as <c>GET /apps</c>: the first time with the first answer that was given for it, and so on.</summary>
    public ScriptedEdge On(string line, RequestDelegate answer)
    {
        script.GetOrAdd(line, _ => []).Enqueue(answer);
        return this;
    }

    public ScriptedEdge On<T>(string line, T resource, JsonTypeInfo<T> shape, int status = 200, string? nextRange = null) =>
        On(
            line,
            http =>
            {
                if (nextRange is not null)
                    http.Response.Headers["Next-Range"] = nextRange;
                return WriteAsync(http, status, JsonSerializer.Serialize(resource, shape));
            }
        );

    public ScriptedEdge On(string line, int status, string body) => On(line, http => WriteAsync(http, status, body));

    public ScriptedEdge Refuse(string line, int status, ErrorResource error) => On(line, error, ApiJson.Default.ErrorResource, status);

    /// <summary>An answer that breaks off after some text: it had promised one byte more.</summary>
    public static RequestDelegate Broken(string text) =>
        http =>
        {
            http.Response.ContentLength = Encoding.UTF8.GetByteCount(text) + 1;
            return http.Response.WriteAsync(text);
        };

    public EdgeRequest Single(string line) => Assert.Single(Requests, request => request.Line == line);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        // As it came over the line: an escaped slash is none.
        var line = $"{http.Request.Method} {http.Features.Get<IHttpRequestFeature>()!.RawTarget}";
        requests.Enqueue(
            new EdgeRequest(
                line,
                http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray()
            )
        );
        if (!script.TryGetValue(line, out var answers))
        {
            await WriteAsync(http, 501, $$"""{"id":"unscripted","message":"Nothing is scripted for {{line}}."}""");
            return;
        }
        RequestDelegate? answer;
        lock (answers)
            _ = answers.Count > 1 ? answers.TryDequeue(out answer) : answers.TryPeek(out answer);
        await answer!(http);
    }
}
