using NeetoDeploy.Api.Streams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Http;

/// <summary>What a handler knows of its request: who asks, about which app, and what came with it.</summary>
public sealed class ApiRequest
{
    private readonly AuthenticatedToken? token;
    private readonly AppView? app;

    internal ApiRequest(HttpContext http, AuthenticatedToken? token, AppView? app)
    {
        Http = http;
        this.token = token;
        this.app = app;
    }

    public HttpContext Http { get; }

    public IGrainFactory Grains => Service<IGrainFactory>();

    public StreamUrls Urls => Service<StreamUrls>();

    public ApiOptions Options => Service<ApiOptions>();

    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>Who asks. Public routes have nobody.</summary>
    public Actor Actor => Token.Actor;

    /// <summary>By which token.</summary>
    public AuthenticatedToken Token => token ?? throw new InvalidOperationException("A public route asked who is calling.");

    /// <summary>The caller's own account.</summary>
    public IAccountGrain Account => Grains.Account(Actor.Email);

    /// <summary>The app in the path. It exists, and the caller may see it.</summary>
    public AppView App => app ?? throw new InvalidOperationException("A route without {app} asked for its app.");

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the path. Routing leaves escaped slashes as they are; here they are slashes.</summary>
    public string Segment(string name) => ((string)Http.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body, as JSON; what is absent or empty reads as an empty object.</summary>
    /// <exception cref="ApiRefusal">400: not JSON; 413: too large; 422: JSON of another shape.</exception>
    public Task<T> ReadAsync<T>()
        where T : class => RequestBody.ReadAsync<T>(Http);

    /// <summary>Something the caller should know although the request succeeds; the CLI prints it.</summary>
    public void Warn(string warning) => Http.Response.Headers.Append("X-Heroku-Warning", warning);
}
