using NeetoDeploy.Api.Contracts.Logs;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Logs;

/// <summary><c>POST /apps/{app}/log-sessions</c>: a URL that streams an app's log.</summary>
internal static class LogSessionEndpoints
{
    private const int DefaultLines = 100;
    private const int MaxLines = 1500;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static void MapLogSessions(this ApiRoutes api) => api.Post("/apps/{app}/log-sessions", CreateAsync);

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateLogSessionRequest>();
        var now = request.Service<TimeProvider>().GetUtcNow();
        var ticket = new LogTicket(
            request.App.Id,
            GrainKeys.TokenKey(ApiCredentials.TokenOf(request.Http.Request)!),
            new LogFilter(body.Dyno ?? body.DynoName ?? body.Type, body.Source),
            Math.Clamp(body.Lines ?? DefaultLines, 0, MaxLines),
            body.Tail ?? false,
            now + Lifetime
        );
        return Answer.Created(new LogSessionResource(now, Guid.NewGuid(), request.Urls.LogUrl(ticket), now));
    }
}
