using System.Globalization;
using System.Text;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Api.Logs;

/// <summary>
/// The URL of a log session: an event a line, with the line's number as id, so that a client resumes with <c>Last-Event-ID</c> without loss or repetition; plain text
/// for whoever does not ask for events. It ends, and is not there any more, when whoever asked for it may read the app's log no longer.
/// </summary>
internal static class LogStreamEndpoint
{
    /// <summary>So often something is said; and so often it is looked whether the reader may still read.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    public static void MapLogStream(this IEndpointRouteBuilder routes) => routes.MapGet(StreamUrls.LogRoute, StreamAsync);

    internal static async Task<IResult> StreamAsync(
        string ticket,
        string signature,
        HttpContext http,
        StreamUrls urls,
        LogFanout fanout,
        IGrainFactory grains,
        TimeProvider time
    )
    {
        if (
            !urls.TryReadLogTicket(ticket, signature, out var permitted)
            || permitted.ExpiresAt <= time.GetUtcNow()
            || !await MayReadAsync(permitted, fanout, grains)
        )
            return Answer.Failed(
                StatusCodes.Status404NotFound,
                "not_found",
                "The log session has expired. Please try again.",
                "log_session"
            );
        CallContext.Act(Actor.Platform);
        var events = http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
        http.Response.ContentType = events ? "text/event-stream" : "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await using var reading = await fanout.OpenAsync(
            permitted.App,
            permitted.Filter,
            permitted.Lines,
            LastEventId(http.Request),
            permitted.Tail
        );
        await http.Response.StartAsync(http.RequestAborted);
        await foreach (var batch in reading.ReadAsync(SignOfLife, () => MayReadAsync(permitted, fanout, grains), http.RequestAborted))
        {
            var lines = batch.Gap is { } gap ? [Overflow(gap, time), .. batch.Lines] : batch.Lines;
            await http.Response.Body.WriteAsync(events ? Events(lines) : Text(lines), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        return Results.Empty;
    }

    private static async Task<bool> MayReadAsync(LogTicket ticket, LogFanout fanout, IGrainFactory grains)
    {
        CallContext.Act(Actor.Platform);
        return await grains.Token(ticket.Holder).AuthenticateAsync() is { } holder && await fanout.MayReadAsync(holder.Actor, ticket.App);
    }

    /// <summary>No lines: a comment, which keeps an idle connection open.</summary>
    private static byte[] Events(IReadOnlyList<LogLine> lines)
    {
        if (lines.Count == 0)
            return ":\n\n"u8.ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.Seq > 0)
                text.Append("id: ").Append(line.Seq.ToString(CultureInfo.InvariantCulture)).Append('\n');
            text.Append("data: ").Append(OneLine(line)).Append("\n\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Text(IReadOnlyList<LogLine> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => OneLine(line) + "\n")));

    /// <summary>A line break inside a line would be another event, or another line.</summary>
    private static string OneLine(LogLine line) => line.ToString().ReplaceLineEndings(" ");

    /// <summary>Heroku's L11. It has no number: it is no line of the app's log.</summary>
    private static LogLine Overflow(LogGap gap, TimeProvider time) =>
        new(
            0,
            new LogEntry(
                time.GetUtcNow(),
                LogEntry.Platform,
                "logplex",
                $"Error L11 (Tail buffer overflow) -> {gap.Count} messages dropped: they came faster than this reader took them, or are no longer kept."
            )
        );

    private static long? LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
