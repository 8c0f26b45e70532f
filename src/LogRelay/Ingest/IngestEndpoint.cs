using System.Globalization;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>
/// <c>POST /ingest</c>: lines of dynos from Fluent Bit's http output (<c>plugins/out_http</c> of github.com/fluent/fluent-bit). It sends a body again for ever
/// after 408, 429 and 5xx and when it hears nothing, and throws it away after every other 4xx: those are for bodies that nobody will ever be able to read.
/// </summary>
internal static class IngestEndpoint
{
    private const int SecondsUntilPlace = 1;
    private const int SecondsUntilStorage = 5;

    public static void MapIngest(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/ingest", TakeAsync).AddEndpointFilter<RouteHandlerBuilder, IngestAccess>();

    private static async Task<IResult> TakeAsync(HttpContext http, IngestPlaces places, LogIngest ingest, ILoggerFactory logs)
    {
        if (!await places.TryEnterAsync(http.RequestAborted))
            return Later(http, StatusCodes.Status429TooManyRequests, SecondsUntilPlace);
        try
        {
            var body = await IngestBody.ReadAsync(http.Request, http.RequestAborted);
            var taken = await ingest.TakeAsync(Read(http.Request, body));
            return taken.IsWhole ? Results.NoContent() : Results.Json(taken);
        }
        catch (UnreadableBodyException unreadable)
        {
            logs.CreateLogger(typeof(IngestEndpoint)).LogWarning("A collector's body is lost: {Reason}", unreadable.Message);
            return Results.Text(unreadable.Message, statusCode: unreadable.Status);
        }
        catch (Exception e) when (e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            // A full disk, or storage that is away: the collector keeps the lines and brings them again.
            logs.CreateLogger(typeof(IngestEndpoint)).LogWarning("A collector's lines cannot be stored: {Reason}", e.Message);
            return Later(http, StatusCodes.Status503ServiceUnavailable, SecondsUntilStorage);
        }
        finally
        {
            places.Leave();
        }
    }

    private static ReadRecords Read(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var records = new ReadRecords();
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        switch (type)
        {
            case "application/json":
                JsonRecords.Read(body.Span, records);
                break;
            case "application/x-ndjson":
                JsonRecords.ReadLines(body.Span, records);
                break;
            case "application/msgpack":
                MessagePackRecords.Read(body, records);
                break;
            default:
                throw new UnreadableBodyException(
                    StatusCodes.Status415UnsupportedMediaType,
                    $"The Content-Type '{type}' is not known here. Set 'format json', 'json_lines' or 'msgpack'."
                );
        }
        return records is { Records.Count: 0, Malformed: > 0 }
            ? throw new UnreadableBodyException(StatusCodes.Status400BadRequest, $"There is no record with a line ('log') in this {type}.")
            : records;
    }

    private static IResult Later(HttpContext http, int status, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Results.StatusCode(status);
    }
}
