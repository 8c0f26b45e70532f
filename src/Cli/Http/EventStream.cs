using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace NeetoDeploy.Cli.Http;

/// <summary>
/// Server-sent events (the HTML standard, section 9.2), as log sessions use them: each event has an id and lines of text. A broken connection is
/// taken up again after the last id.
/// </summary>
internal sealed class EventStream(HttpClient client, Uri url, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The id of the last event that was read.</summary>
    public string? LastId { get; private set; }

    /// <summary>Lines until the server ends the stream, or for ever when <paramref name="reconnect"/> is set.</summary>
    /// <exception cref="HttpRequestException">The server refuses, or cannot be reached at the first try.</exception>
    public async IAsyncEnumerable<string> ReadAsync(bool reconnect, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            using var answer = await ConnectAsync(mayWait: !isFirst, cancel);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
            while (await NextLineAsync(reader, reconnect, cancel) is { } line)
            {
                if (line.StartsWith("id:", StringComparison.Ordinal))
                    LastId = line[3..].Trim();
                else if (line.StartsWith("data:", StringComparison.Ordinal))
                    yield return line[5..].TrimStart(' ');
            }
            if (!reconnect)
                yield break;
        }
    }

    /// <summary>The next line; null when the connection has ended, in whatever way when it may be taken up again.</summary>
    private static async Task<string?> NextLineAsync(StreamReader reader, bool reconnect, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadLineAsync(cancel);
        }
        catch (Exception e) when (reconnect && e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> ConnectAsync(bool mayWait, CancellationToken cancel)
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
                return answer.EnsureSuccessStatusCode();
            }
            catch (HttpRequestException e) when (mayWait && e.StatusCode is null or >= HttpStatusCode.InternalServerError)
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }
}
