using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace NeetoDeploy.Cli.Http;

/// <summary>
/// Server-sent events (the HTML standard, section 9.2), as log sessions use them: each event has an id and lines of text. A broken connection is
/// taken up again after the last id.
/// </summary>
internal sealed class EventStream(HttpClient client, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The id of the last event that was read whole.</summary>
    public string? LastId { get; private set; }

    /// <summary>How often the server has let us in.</summary>
    public int Connections { get; private set; }

    /// <summary>Lines until the server ends the stream, or for ever when <paramref name="reconnect"/> is set.</summary>
    /// <exception cref="HttpRequestException">The server refuses, or cannot be reached at the first try.</exception>
    public async IAsyncEnumerable<string> ReadAsync(Uri url, bool reconnect, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            using var answer = await ConnectAsync(url, mayWait: !isFirst, cancel);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
            while (await NextEventAsync(reader, reconnect, cancel) is { } lines)
            {
                foreach (var line in lines)
                    yield return line;
            }
            if (!reconnect)
                yield break;
            await Task.Delay(Pause, time, cancel);
        }
    }

    /// <summary>An event's lines; null when the connection has ended, in whatever way when it may be taken up again. An event without its end does not count.</summary>
    private async Task<List<string>?> NextEventAsync(StreamReader reader, bool reconnect, CancellationToken cancel)
    {
        var lines = new List<string>();
        var id = LastId;
        try
        {
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                if (line.Length == 0)
                {
                    LastId = id;
                    return lines;
                }
                if (line.StartsWith("id:", StringComparison.Ordinal))
                    id = line[3..].Trim();
                else if (line.StartsWith("data:", StringComparison.Ordinal))
                    lines.Add(line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : line[5..]);
            }
        }
        catch (Exception e) when (reconnect && e is IOException or HttpRequestException)
        {
            // Taken up again after the last whole event.
        }
        return null;
    }

    private async Task<HttpResponseMessage> ConnectAsync(Uri url, bool mayWait, CancellationToken cancel)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            if (LastId is not null)
                request.Headers.TryAddWithoutValidation("Last-Event-ID", LastId);
            try
            {
                var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
                answer.EnsureSuccessStatusCode();
                Connections++;
                return answer;
            }
            catch (HttpRequestException e) when (mayWait && e.StatusCode is null or >= HttpStatusCode.InternalServerError)
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }
}
