using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.Api.Outputs;

/// <summary>
/// The output of a build or a release phase while it grows: plain text from an offset (<c>Range: bytes=N-</c>), or events whose ids are offsets. 404 until it
/// has begun; the end of the response is the end of the output.
/// </summary>
internal static class OutputEndpoints
{
    public static void MapOutputs(this IEndpointRouteBuilder routes) => routes.MapGet(StreamUrls.OutputRoute, StreamAsync);

    private static async Task<IResult> StreamAsync(string output, string signature, HttpContext http, IGrainFactory grains, StreamUrls urls)
    {
        if (!OutputId.TryParse(output, null, out var id) || !urls.IsOutputUrl(id, signature))
            return NotFound();
        CallContext.Act(Actor.Platform);
        var events = WantsEvents(http.Request);
        var offset = events ? LastEventId(http.Request) : RangeStart(http.Request);
        var grain = grains.Output(id);
        var chunk = await grain.ReadAsync(offset);
        if (!chunk.HasStarted)
            return NotFound();
        if (chunk is { IsEnd: true, Bytes.Length: 0 } && offset > 0 && !events)
            return Results.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
        http.Response.ContentType = events ? "text/event-stream" : "text/plain; charset=utf-8";
        http.Response.StatusCode = offset > 0 && !events ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        await CopyAsync(http, grain, chunk, offset, events);
        return Results.Empty;
    }

    private static async Task CopyAsync(HttpContext http, IOutputGrain grain, OutputChunk chunk, long offset, bool events)
    {
        while (true)
        {
            offset += chunk.Bytes.Length;
            var bytes = events ? Event(chunk.Bytes, offset) : chunk.Bytes;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            if (chunk.IsEnd)
                return;
            chunk = await grain.ReadAsync(offset);
        }
    }

    /// <summary>A comment keeps an idle connection open.</summary>
    private static byte[] Event(byte[] bytes, long offset)
    {
        if (bytes.Length == 0)
            return ":\n\n"u8.ToArray();
        var text = Encoding
            .UTF8.GetString(bytes)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "\ndata: ", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {offset}\ndata: {text}\n\n"));
    }

    private static bool WantsEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static long LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private static long RangeStart(HttpRequest request) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) && range.Ranges.Count == 1
            ? range.Ranges.First().From ?? 0
            : 0;

    private static IResult NotFound() =>
        Answer.Failed(StatusCodes.Status404NotFound, "not_found", "There is no such output, or it has not begun.", "output");
}
