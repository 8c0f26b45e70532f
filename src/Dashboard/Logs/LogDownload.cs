using System.Globalization;
using System.Text;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>
/// <c>GET /apps/{name}/logs/download?text=&amp;process=&amp;source=</c>: the lines that are kept and match, as a text: one a line, times in UTC, without escape
/// sequences. For who is signed in; a stranger's app is as missing as one that does not exist.
/// </summary>
internal static class LogDownload
{
    public static void MapLogDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/apps/{name}/logs/download", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(
        string name,
        string? text,
        string? process,
        string? source,
        HttpContext http,
        IGrainFactory grains,
        LogFanout logs,
        TimeProvider time
    )
    {
        if (SessionCookies.ActorOf(http.User) is not { } actor)
            return TypedResults.NotFound();
        CallContext.Act(actor);
        if (await FindAsync(name, grains) is not { } app)
            return TypedResults.NotFound();
        var filter = LineFilter.Of(process, source, text);
        if (filter.Mistake is { } mistake)
            return TypedResults.Text(mistake, "text/plain", Encoding.UTF8, StatusCodes.Status400BadRequest);
        var reading = await logs.OpenAsync(app.Id, LogFilter.All, LogRing.MostLines, after: null, tail: false);
        var now = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return TypedResults.Stream(
            body => WriteAsync(reading, filter, body, http.RequestAborted),
            "text/plain; charset=utf-8",
            $"{app.Name}-{now}.log"
        );
    }

    private static async Task<AppView?> FindAsync(string name, IGrainFactory grains)
    {
        try
        {
            return await grains.FindAppAsync(name) is { } id ? await grains.App(id).GetAsync() : null;
        }
        catch (AccessDeniedException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(LogReading reading, LineFilter filter, Stream body, CancellationToken cancel)
    {
        await using var lines = reading;
        await using var writer = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true);
        await foreach (var batch in lines.ReadAsync(Timeout.InfiniteTimeSpan, cancel))
        {
            foreach (var line in batch.Lines.Where(filter.Matches))
                await writer.WriteLineAsync(AnsiText.Plain(line.ToString()).AsMemory(), cancel);
        }
    }
}
